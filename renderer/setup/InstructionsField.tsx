import { useId, type ReactNode } from 'react';

import { systemPromptLimitChars } from '../../shared/model/turn-setup.ts';
import { useSettledText } from '../ui/use-settled-text.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface InstructionsFieldProps {
  /** Null and empty look the same: those of the settings apply. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** What stands before the conversation. Stored while one writes, and when the field is left. */
export function InstructionsField({ value, onChange }: InstructionsFieldProps): ReactNode {
  const { t } = useTranslation('setup');
  const fieldId = useId();
  const hintId = useId();
  const { text, write, flush } = useSettledText(
    value ?? '',
    (written) => onChange(written.trim() === '' ? null : written),
    (written, stored) => written.trim() === stored.trim(),
  );

  return (
    <div>
      <label htmlFor={fieldId} className="font-medium">
        {t('instructions')}
      </label>
      <p id={hintId} className="text-sm text-muted">
        {t('instructionsHint')}
      </p>
      <textarea
        id={fieldId}
        aria-describedby={hintId}
        value={text}
        maxLength={systemPromptLimitChars}
        placeholder={t('instructionsPlaceholder')}
        className="mt-2 block h-36 w-full resize-none rounded-md border border-hairline bg-canvas px-3 py-2 placeholder:text-muted focus-visible:-outline-offset-1"
        onChange={(event) => write(event.target.value)}
        onBlur={flush}
      />
    </div>
  );
}
