import type { FlatNamespace, i18n, TFunction } from 'i18next';
import { createContext, useContext, useMemo } from 'react';

export interface Words {
  readonly i18n: i18n;
  readonly language: string;
}

export const WordsContext = createContext<Words | null>(null);

/** As the library writes it; for a given namespace the same as `TFunction<Ns>`. */
type FixedWords<Ns extends FlatNamespace> = TFunction<Ns extends null ? 'app' : Ns>;

/**
 * The words of a part of the interface. The library's own hook listens and looks for loaded words once per component,
 * which in a thread takes as long as drawing it; here all words are loaded and one provider listens for all.
 */
export function useTranslation<Ns extends FlatNamespace>(namespace: Ns): { readonly t: FixedWords<Ns> } {
  const { i18n, language } = useWords();
  const t = useMemo(() => i18n.getFixedT<Ns>(language, namespace), [i18n, language, namespace]);
  return { t };
}

export function useLanguage(): string {
  return useWords().language;
}

function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useTranslation needs a WordsProvider above it');
  return words;
}
