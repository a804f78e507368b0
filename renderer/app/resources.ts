import { en as uiEn } from '../ui/locales/en.ts';
import { zh as uiZh } from '../ui/locales/zh.ts';
import { en as appEn } from './locales/en.ts';
import { errorsEn } from './locales/errors-en.ts';
import { errorsZh } from './locales/errors-zh.ts';
import { zh as appZh } from './locales/zh.ts';

/** Every feature's words, one namespace each. */
export const resources = {
  en: { app: appEn, errors: errorsEn, ui: uiEn },
  zh: { app: appZh, errors: errorsZh, ui: uiZh },
} as const;

export type Language = keyof typeof resources;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    // The words of an error arrive as whatever its data holds, so its placeholders are checked by a test instead.
    resources: Omit<(typeof resources)['en'], 'errors'> & { errors: Record<keyof typeof errorsEn, string> };
    contextSeparator: '@';
  }
}
