import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Settings } from '../../shared/contract/index.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { MemorySettings } from './MemorySettings.tsx';
import { SettingRow } from '../ui/SettingRow.tsx';
import type { SettingsStore } from './settings-store.ts';
import { ShortcutSetting, type ShortcutReport } from './ShortcutSetting.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface GeneralSettingsProps {
  readonly store: SettingsStore;
  readonly settings: Settings;
  readonly shortcut: ShortcutReport | undefined;
}

export function GeneralSettings({ store, settings, shortcut }: GeneralSettingsProps): ReactNode {
  const { t } = useTranslation('settings');
  const update = useStore(store, (state) => state.update);
  const attempt = useAttempt();
  return (
    <>
      <SettingRow title={t('language')}>
        <SegmentedChoice
          label={t('language')}
          value={settings.language}
          options={[
            { value: 'system', label: t('languageSystem') },
            // A language is written in its own words, so that whoever reads it finds it.
            { value: 'en', label: 'English' },
            { value: 'zh', label: '简体中文' },
          ]}
          onChange={(language) => attempt(() => update({ language }))}
        />
      </SettingRow>
      <SettingRow title={t('theme')}>
        <SegmentedChoice
          label={t('theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
          ]}
          onChange={(theme) => attempt(() => update({ theme }))}
        />
      </SettingRow>
      <MemorySettings settings={settings} onChange={(change) => attempt(() => update(change))} />
      {shortcut ? (
        <ShortcutSetting
          accelerator={settings.quickChatShortcut}
          report={shortcut}
          onChange={(quickChatShortcut) => attempt(() => update({ quickChatShortcut }))}
        />
      ) : null}
    </>
  );
}
