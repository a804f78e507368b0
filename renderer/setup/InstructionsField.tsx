import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

import { systemPromptLimitChars } from '../../shared/model/turn-setup.ts';
import { useTranslation } from '../ui/use-translation.ts';

const settleMs = 400;

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
  const [text, setText] = useState(value ?? '');
  const unsaved = useRef<string | null>(null);
  const save = (): void => {
    const written = unsaved.current;
    if (written === null) return;
    unsaved.current = null;
    onChange(written.trim() === '' ? null : written);
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
  // A role was chosen, or another window wrote: what is being written here goes before that.
  useEffect(() => {
    if (unsaved.current !== null) return;
    setText((before) => (before.trim() === (value ?? '').trim() ? before : (value ?? '')));
  }, [value]);

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
        onChange={(event) => {
          unsaved.current = event.target.value;
          setText(event.target.value);
        }}
        onBlur={save}
      />
    </div>
  );
}
