import type { TFunction } from 'i18next';
import { Languages, Monitor, Moon, PanelLeft, Search, Settings as SettingsIcon, SquarePen, Sun } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Settings } from '../../../shared/contract/index.ts';
import { shownKeys } from '../shortcuts.ts';
import type { Commands } from '../use-commands.ts';

export interface PaletteAction {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  /** Shown only to who looks for it. */
  readonly onlyWhenTyped?: boolean;
  readonly run: () => void;
}

export function paletteActions(
  t: TFunction<['app', 'models']>,
  commands: Commands,
  inBrowser: boolean,
  change: (settings: Partial<Settings>) => void,
): PaletteAction[] {
  const keys = (name: keyof Commands): { keys: string } => ({ keys: shownKeys(name, inBrowser) });
  return [
    { label: t('newChat'), icon: <SquarePen aria-hidden />, ...keys('newChat'), run: commands.newChat },
    { label: t('searchMessages'), icon: <Search aria-hidden />, ...keys('search'), run: commands.search },
    { label: t('settings'), icon: <SettingsIcon aria-hidden />, ...keys('settings'), run: commands.settings },
    { label: t('toggleSidebar'), icon: <PanelLeft aria-hidden />, ...keys('toggleSidebar'), run: commands.toggleSidebar },
    { label: t('themeLight'), icon: <Sun aria-hidden />, onlyWhenTyped: true, run: () => change({ theme: 'light' }) },
    { label: t('themeDark'), icon: <Moon aria-hidden />, onlyWhenTyped: true, run: () => change({ theme: 'dark' }) },
    { label: t('themeSystem'), icon: <Monitor aria-hidden />, onlyWhenTyped: true, run: () => change({ theme: 'system' }) },
    { label: t('languageSystem'), icon: <Languages aria-hidden />, onlyWhenTyped: true, run: () => change({ language: 'system' }) },
    { label: t('languageEn'), icon: <Languages aria-hidden />, onlyWhenTyped: true, run: () => change({ language: 'en' }) },
    { label: t('languageZh'), icon: <Languages aria-hidden />, onlyWhenTyped: true, run: () => change({ language: 'zh' }) },
  ];
}
