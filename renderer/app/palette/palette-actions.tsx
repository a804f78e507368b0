import type { TFunction } from 'i18next';
import {
  FileDown,
  Languages,
  Library,
  Monitor,
  Moon,
  PanelLeft,
  Printer,
  Search,
  Settings as SettingsIcon,
  SquarePen,
  Sun,
  TextSearch,
} from 'lucide-react';
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
  /** What it does takes the focus somewhere else. */
  readonly movesFocus: boolean;
  readonly run: () => void;
}

export function paletteActions(
  t: TFunction<'app'>,
  commands: Commands,
  inBrowser: boolean,
  onDocuments: () => void,
  change: (settings: Partial<Settings>) => void,
): PaletteAction[] {
  const command = (name: keyof Commands, label: string, icon: ReactNode): PaletteAction => ({
    label,
    icon,
    keys: shownKeys(name, inBrowser),
    movesFocus: true,
    run: commands[name],
  });
  const choice = (label: string, icon: ReactNode, settings: Partial<Settings>): PaletteAction => ({
    label,
    icon,
    onlyWhenTyped: true,
    movesFocus: false,
    run: () => change(settings),
  });
  return [
    command('newChat', t('newChat'), <SquarePen aria-hidden />),
    command('search', t('searchMessages'), <Search aria-hidden />),
    command('find', t('findInThread'), <TextSearch aria-hidden />),
    command('print', t('print'), <Printer aria-hidden />),
    command('exportPdf', t('exportPdf'), <FileDown aria-hidden />),
    { label: t('documents'), icon: <Library aria-hidden />, movesFocus: true, run: onDocuments },
    command('settings', t('settings'), <SettingsIcon aria-hidden />),
    command('toggleSidebar', t('toggleSidebar'), <PanelLeft aria-hidden />),
    choice(t('themeLight'), <Sun aria-hidden />, { theme: 'light' }),
    choice(t('themeDark'), <Moon aria-hidden />, { theme: 'dark' }),
    choice(t('themeSystem'), <Monitor aria-hidden />, { theme: 'system' }),
    choice(t('languageSystem'), <Languages aria-hidden />, { language: 'system' }),
    choice(t('languageEn'), <Languages aria-hidden />, { language: 'en' }),
    choice(t('languageZh'), <Languages aria-hidden />, { language: 'zh' }),
  ];
}
