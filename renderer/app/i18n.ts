import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

import type { Settings } from '../../shared/contract/index.ts';
import { resources, type Language } from './resources.ts';

/** The words of the interface, ready at once: every language is in the bundle. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'app',
    resources,
    initAsync: false,
    // Error codes are keys, and they contain the usual separator.
    contextSeparator: '@',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

/** `preferred` are the languages of the system, most wanted first. */
export function chooseLanguage(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split('-');
    if (language === 'zh' || language === 'en') return language;
  }
  return 'en';
}
