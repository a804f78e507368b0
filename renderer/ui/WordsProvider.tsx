import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { WordsContext } from './use-translation.ts';

/** Follows the language for everything below it. Needs `I18nextProvider` above it. */
export function WordsProvider({ children }: { children: ReactNode }): ReactNode {
  const { i18n } = useTranslation();
  const { language } = i18n;
  const words = useMemo(() => ({ i18n, language }), [i18n, language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}
