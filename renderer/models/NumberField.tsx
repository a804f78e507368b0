import { useEffect, useState, type ReactNode } from 'react';

import { useTranslation } from '../ui/use-translation.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | 'auto';
  readonly from: number;
  readonly to: number;
  readonly onChange: (value: number | 'auto') => void;
}

/** A whole number, or nothing for what is chosen by itself. Stored when the field is left or Enter is pressed. */
export function NumberField({ label, value, from, to, onChange }: NumberFieldProps): ReactNode {
  const { t } = useTranslation('models');
  const shown = value === 'auto' ? '' : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);

  const store = (): void => {
    if (text.trim() === shown) return;
    if (text.trim() === '') return onChange('auto');
    const number = Math.round(Number(text));
    if (!Number.isFinite(number)) return setText(shown);
    const next = Math.min(to, Math.max(from, number));
    setText(String(next));
    if (next !== value) onChange(next);
  };

  return (
    <input
      type="text"
      inputMode="numeric"
      aria-label={label}
      value={text}
      placeholder={t('optionAuto')}
      className="h-7 w-28 rounded-md border border-hairline bg-canvas px-2 text-right tabular-nums placeholder:text-muted"
      onChange={(event) => setText(event.target.value)}
      onBlur={store}
      onKeyDown={(event) => {
        if (event.key === 'Enter') store();
      }}
    />
  );
}
