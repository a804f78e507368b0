import type { ReactNode } from 'react';

import type { Settings } from '../../shared/contract/index.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { KeptStatesSetting } from './KeptStatesSetting.tsx';
import { SettingRow } from '../ui/SettingRow.tsx';

interface MemorySettingsProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

const usualMinutes = [5, 10, 60];
const never = 'never';

/** When models come into memory and leave it, and what is kept of conversations. */
export function MemorySettings({ settings, onChange }: MemorySettingsProps): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { idleUnloadMinutes, preloadModel, keptStatesBytes } = settings;
  // A value from the settings file is shown as it is.
  const minutes =
    idleUnloadMinutes === null || usualMinutes.includes(idleUnloadMinutes)
      ? usualMinutes
      : [...usualMinutes, idleUnloadMinutes].toSorted((a, b) => a - b);
  return (
    <>
      <SettingRow title={t('preloadModel')} hint={t('preloadModelHint')}>
        <SegmentedChoice
          label={t('preloadModel')}
          value={preloadModel ? 'on' : 'off'}
          options={[
            { value: 'on', label: t('preloadModelOn') },
            { value: 'off', label: t('preloadModelOff') },
          ]}
          onChange={(value) => onChange({ preloadModel: value === 'on' })}
        />
      </SettingRow>
      <SettingRow title={t('idleUnload')} hint={t('idleUnloadHint')}>
        <SegmentedChoice
          label={t('idleUnload')}
          value={idleUnloadMinutes === null ? never : String(idleUnloadMinutes)}
          options={[
            ...minutes.map((value) => ({ value: String(value), label: format.duration(value * 60_000) })),
            { value: never, label: t('idleUnloadNever') },
          ]}
          onChange={(value) => onChange({ idleUnloadMinutes: value === never ? null : Number(value) })}
        />
      </SettingRow>
      <KeptStatesSetting bytes={keptStatesBytes} onChange={(bytes) => onChange({ keptStatesBytes: bytes })} />
    </>
  );
}
