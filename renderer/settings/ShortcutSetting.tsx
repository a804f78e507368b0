import { X } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';

import type { ShortcutState } from '../../shared/contract/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { acceleratorKeys, tryAccelerator } from './accelerator.ts';
import { SettingRow } from '../ui/SettingRow.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export interface ShortcutReport {
  readonly accelerator: string;
  readonly state: ShortcutState;
}

interface ShortcutSettingProps {
  /** Empty for none. */
  readonly accelerator: string;
  readonly report: ShortcutReport;
  readonly onChange: (accelerator: string) => void;
}

/** Records the keys that open quick chat from any app. */
export function ShortcutSetting({ accelerator, report, onChange }: ShortcutSettingProps): ReactNode {
  const { t } = useTranslation('settings');
  const [recording, setRecording] = useState(false);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!recording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(false);
      return;
    }
    const keys = tryAccelerator(event);
    if (keys === undefined) return;
    setRecording(false);
    onChange(keys);
  };

  const concerns = report.accelerator === accelerator;
  const hint =
    concerns && report.state === 'taken'
      ? t('shortcutTaken')
      : concerns && report.state === 'invalid'
        ? t('shortcutInvalid')
        : t('shortcutHint');
  return (
    <SettingRow title={t('shortcut')} hint={hint}>
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-label={t('shortcutRecord')}
          aria-pressed={recording}
          className="flex h-7 min-w-24 items-center justify-center rounded-md bg-fill px-3 hover:bg-fill-strong"
          onClick={() => setRecording(!recording)}
          onKeyDown={onKeyDown}
          onBlur={() => setRecording(false)}
        >
          {recording ? (
            t('shortcutRecording')
          ) : accelerator === '' ? (
            t('shortcutNone')
          ) : (
            <Kbd keys={acceleratorKeys(accelerator)} />
          )}
        </button>
        {accelerator === '' ? null : (
          <IconButton label={t('shortcutClear')} onClick={() => onChange('')}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
    </SettingRow>
  );
}
