import type { ReactNode } from 'react';

import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useFormat } from '../ui/use-format.ts';
import { SettingRow } from '../ui/SettingRow.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface KeptStatesSettingProps {
  readonly bytes: number;
  readonly onChange: (bytes: number) => void;
}

const usualBytes = [0, 1e9, 2e9, 5e9, 10e9];

/** How much disk may be used to keep conversations ready, so that they go on without being read again. */
export function KeptStatesSetting({ bytes, onChange }: KeptStatesSettingProps): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  // A value from the settings file is shown as it is.
  const choices = usualBytes.includes(bytes) ? usualBytes : [...usualBytes, bytes].toSorted((a, b) => a - b);
  return (
    <SettingRow title={t('keptStates')} hint={t('keptStatesHint')}>
      <SegmentedChoice
        label={t('keptStates')}
        value={String(bytes)}
        options={choices.map((choice) => ({
          value: String(choice),
          label: choice === 0 ? t('keptStatesOff') : format.bytes(choice),
        }))}
        onChange={(value) => onChange(Number(value))}
      />
    </SettingRow>
  );
}
