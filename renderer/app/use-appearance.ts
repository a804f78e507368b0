import type { i18n } from 'i18next';
import { useEffect } from 'react';

import type { Settings } from '../../shared/contract/index.ts';
import { followTheme } from './appearance.ts';
import { chooseLanguage } from './i18n.ts';
import { tryLocalStorage, writeRemembered } from './remembered.ts';

/** Theme and language follow the settings at once, and are remembered for the next start. */
export function useAppearance(settings: Settings | null, words: i18n): void {
  const theme = settings?.theme;
  const language = settings?.language;
  useEffect(() => {
    if (theme === undefined) return undefined;
    writeRemembered(tryLocalStorage(), { theme });
    return followTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (language === undefined) return undefined;
    writeRemembered(tryLocalStorage(), { language });
    const apply = (): void => {
      const chosen = chooseLanguage(language, navigator.languages);
      document.documentElement.lang = chosen === 'zh' ? 'zh-Hans' : chosen;
      if (words.language !== chosen) void words.changeLanguage(chosen);
    };
    apply();
    addEventListener('languagechange', apply);
    return () => removeEventListener('languagechange', apply);
  }, [language, words]);
}
