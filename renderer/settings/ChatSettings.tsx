import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Settings } from '../../shared/contract/index.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useFormat } from '../ui/use-format.ts';
import { SettingRow } from './SettingRow.tsx';
import type { SettingsStore } from './settings-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

const systemPromptLimitChars = 20_000;
const settleMs = 400;

export function ChatSettings({ store, settings }: { store: SettingsStore; settings: Settings }): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const fieldId = useId();
  const hintId = useId();
  const update = useStore(store, (state) => state.update);
  const attempt = useAttempt();
  const [text, setText] = useState(settings.systemPrompt);
  const unsaved = useRef<string | null>(null);

  const save = (): void => {
    const systemPrompt = unsaved.current;
    if (systemPrompt === null) return;
    unsaved.current = null;
    attempt(() => update({ systemPrompt }));
  };
  // Kept in a ref, so that the last words are stored however the dialog is left.
  const saveLatest = useRef(save);
  useEffect(() => {
    saveLatest.current = save;
  });
  useEffect(() => () => saveLatest.current(), []);
  useEffect(() => {
    const timer = setTimeout(() => saveLatest.current(), settleMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="flex h-full flex-col">
      <SettingRow title={t('automaticTitles')} hint={t('automaticTitlesHint')}>
        <SegmentedChoice
          label={t('automaticTitles')}
          value={settings.automaticTitles ? 'on' : 'off'}
          options={[
            { value: 'on', label: t('automaticTitlesOn') },
            { value: 'off', label: t('automaticTitlesOff') },
          ]}
          onChange={(value) => attempt(() => update({ automaticTitles: value === 'on' }))}
        />
      </SettingRow>
      <label htmlFor={fieldId} className="mt-4">
        {t('systemPrompt')}
      </label>
      <p id={hintId} className="text-sm text-muted">
        {t('systemPromptHint')}
      </p>
      <textarea
        id={fieldId}
        aria-describedby={hintId}
        value={text}
        maxLength={systemPromptLimitChars}
        placeholder={t('systemPromptPlaceholder')}
        className="mt-2 min-h-32 flex-1 resize-none rounded-md border border-hairline bg-canvas px-3 py-2 placeholder:text-muted focus-visible:-outline-offset-1"
        onChange={(event) => {
          unsaved.current = event.target.value;
          setText(event.target.value);
        }}
        onBlur={save}
      />
      <p className="mt-1 text-right text-xs text-muted tabular-nums">
        {t('characters', { used: format.number(text.length), limit: format.number(systemPromptLimitChars) })}
      </p>
    </div>
  );
}
