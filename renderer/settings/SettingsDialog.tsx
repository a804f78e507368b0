import { Tabs } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { AppInfo } from '../../shared/contract/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { AboutSettings } from './AboutSettings.tsx';
import { ChatSettings } from './ChatSettings.tsx';
import { GeneralSettings } from './GeneralSettings.tsx';
import type { SettingsStore } from './settings-store.ts';
import type { ShortcutReport } from './ShortcutSetting.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export type SettingsSection = 'general' | 'models' | 'chat' | 'data' | 'bin' | 'about';

const sections: readonly SettingsSection[] = ['general', 'models', 'chat', 'data', 'bin', 'about'];

export interface SettingsDialogProps {
  readonly store: SettingsStore;
  readonly info: AppInfo | null;
  /** What the desktop says about the global shortcut; undefined where there is none. */
  readonly shortcut: ShortcutReport | undefined;
  /** The models' own part. */
  readonly models: ReactNode;
  /** Likewise import, export and snapshots. */
  readonly data: ReactNode;
  readonly bin: ReactNode;
  readonly firstSection: SettingsSection;
  readonly onClose: () => void;
}

export function SettingsDialog(props: SettingsDialogProps): ReactNode {
  const { t } = useTranslation('settings');
  const settings = useStore(props.store, (state) => state.settings);
  const [section, setSection] = useState(props.firstSection);

  const content = (name: SettingsSection): ReactNode => {
    if (name === 'models') return props.models;
    if (name === 'data') return props.data;
    if (name === 'bin') return props.bin;
    if (name === 'about') return <AboutSettings info={props.info} />;
    if (!settings) return <p className="text-muted">{t('waiting')}</p>;
    if (name === 'chat') return <ChatSettings store={props.store} settings={settings} />;
    return <GeneralSettings store={props.store} settings={settings} shortcut={props.shortcut} />;
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={t('settings')}
      className="h-[min(480px,calc(100dvh-32px))] w-[min(640px,calc(100vw-32px))]"
    >
      <Tabs.Root
        value={section}
        orientation="vertical"
        className="flex min-h-0 flex-1 border-t border-hairline max-sm:flex-col"
        onValueChange={(value) => setSection(sections.find((name) => name === value) ?? 'general')}
      >
        <Tabs.List
          aria-label={t('settings')}
          className="flex w-40 shrink-0 flex-col gap-px border-r border-hairline p-2 max-sm:w-full max-sm:flex-row max-sm:border-r-0 max-sm:border-b"
        >
          {sections.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="h-8 rounded-md px-2 text-left focus-visible:-outline-offset-2 hover:bg-fill data-[state=active]:bg-fill-strong data-[state=active]:font-medium"
            >
              {t(`sections.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {sections.map((name) => (
          <Tabs.Content key={name} value={name} className="min-h-0 flex-1 overflow-y-auto p-4 outline-none">
            {content(name)}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
