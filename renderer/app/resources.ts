import { en as chatEn } from '../chat/locales/en.ts';
import { zh as chatZh } from '../chat/locales/zh.ts';
import { en as analysisEn } from '../documents/analysis/locales/en.ts';
import { zh as analysisZh } from '../documents/analysis/locales/zh.ts';
import { en as documentsEn } from '../documents/locales/en.ts';
import { zh as documentsZh } from '../documents/locales/zh.ts';
import { en as dataEn } from '../data/locales/en.ts';
import { zh as dataZh } from '../data/locales/zh.ts';
import { en as libraryEn } from '../library/locales/en.ts';
import { zh as libraryZh } from '../library/locales/zh.ts';
import { en as modelsEn } from '../models/locales/en.ts';
import { zh as modelsZh } from '../models/locales/zh.ts';
import { en as printEn } from '../print/locales/en.ts';
import { zh as printZh } from '../print/locales/zh.ts';
import { en as quickEn } from '../quick/locales/en.ts';
import { zh as quickZh } from '../quick/locales/zh.ts';
import { en as readerEn } from '../reader/locales/en.ts';
import { zh as readerZh } from '../reader/locales/zh.ts';
import { en as settingsEn } from '../settings/locales/en.ts';
import { zh as settingsZh } from '../settings/locales/zh.ts';
import { en as setupEn } from '../setup/locales/en.ts';
import { zh as setupZh } from '../setup/locales/zh.ts';
import { en as sidebarEn } from '../sidebar/locales/en.ts';
import { zh as sidebarZh } from '../sidebar/locales/zh.ts';
import { en as uiEn } from '../ui/locales/en.ts';
import { zh as uiZh } from '../ui/locales/zh.ts';
import { en as appEn } from './locales/en.ts';
import { errorsEn } from './locales/errors-en.ts';
import { errorsZh } from './locales/errors-zh.ts';
import { zh as appZh } from './locales/zh.ts';

/** Every feature's words, one namespace each. */
export const resources = {
  en: {
    analysis: analysisEn,
    app: appEn,
    chat: chatEn,
    documents: documentsEn,
    data: dataEn,
    errors: errorsEn,
    library: libraryEn,
    models: modelsEn,
    print: printEn,
    quick: quickEn,
    reader: readerEn,
    settings: settingsEn,
    setup: setupEn,
    sidebar: sidebarEn,
    ui: uiEn,
  },
  zh: {
    analysis: analysisZh,
    app: appZh,
    chat: chatZh,
    documents: documentsZh,
    data: dataZh,
    errors: errorsZh,
    library: libraryZh,
    models: modelsZh,
    print: printZh,
    quick: quickZh,
    reader: readerZh,
    settings: settingsZh,
    setup: setupZh,
    sidebar: sidebarZh,
    ui: uiZh,
  },
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
