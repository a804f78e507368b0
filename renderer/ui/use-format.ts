import { useMemo } from 'react';

import { createFormat, type Format } from './format.ts';
import { useLanguage } from './use-translation.ts';

/** Follows the interface's language; where the browser speaks a dialect of it (en-GB), that one is used. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(chooseLocale(language, navigator.languages)), [language]);
}

export function chooseLocale(language: string, preferred: readonly string[]): string {
  const dialect = preferred.find((tag) => tag.split('-')[0] === language);
  return dialect ?? (language === 'zh' ? 'zh-CN' : language);
}

const formats = new Map<string, Format>();

/** Making one takes longer than drawing what uses it, and a thread has dozens of places that do. */
function formatFor(locale: string): Format {
  const format = formats.get(locale) ?? createFormat(locale);
  formats.set(locale, format);
  return format;
}
