import { useId, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { systemPromptLimitChars } from '../../shared/model/turn-setup.ts';
import type { Settings } from '../../shared/contract/index.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useSettledText } from '../ui/use-settled-text.ts';
import { useFormat } from '../ui/use-format.ts';
import { SettingRow } from '../ui/SettingRow.tsx';
import type { SettingsStore } from './settings-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

export function ChatSettings({ store, settings }: { store: SettingsStore; settings: Settings }): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const fieldId = useId();
  const hintId = useId();
  const update = useStore(store, (state) => state.update);
  const attempt = useAttempt();
  const { text, write, flush } = useSettledText(settings.systemPrompt, (systemPrompt) =>
    attempt(() => update({ systemPrompt })),
  );

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
        onChange={(event) => write(event.target.value)}
        onBlur={flush}
      />
      <p className="mt-1 text-right text-xs text-muted tabular-nums">
        {t('characters', { used: format.number(text.length), limit: format.number(systemPromptLimitChars) })}
      </p>
    </div>
  );
}
