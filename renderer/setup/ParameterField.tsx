import { useEffect, useState, type ReactNode } from 'react';

import { parameterRanges } from '../../shared/model/turn-setup.ts';
import { useTranslation } from '../ui/use-translation.ts';

export type NumberParameter = keyof typeof parameterRanges;

const wholeNumbers: readonly NumberParameter[] = ['topK', 'maxTokens', 'seed'];

interface ParameterFieldProps {
  readonly parameter: NumberParameter;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A number, or nothing for what is best by itself. Stored when the field is left or Enter is pressed. */
export function ParameterField({ parameter, value, onChange }: ParameterFieldProps): ReactNode {
  const { t } = useTranslation('setup');
  const shown = value === undefined ? '' : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const [from, to] = parameterRanges[parameter];

  const store = (): void => {
    const written = text.trim().replace(',', '.');
    if (written === shown) return;
    if (written === '') return onChange(undefined);
    const number = wholeNumbers.includes(parameter) ? Math.round(Number(written)) : Number(written);
    if (!Number.isFinite(number)) return setText(shown);
    const next = Math.min(to, Math.max(from, number));
    setText(String(next));
    if (next !== value) onChange(next);
  };

  return (
    <div className="flex min-h-9 items-center justify-between gap-4 py-1">
      <div className="min-w-0">
        <p>{t(`parameter.${parameter}`)}</p>
        <p className="text-sm text-muted">{t(`parameterHint.${parameter}`)}</p>
      </div>
      <input
        type="text"
        inputMode="decimal"
        aria-label={t(`parameter.${parameter}`)}
        value={text}
        placeholder={t('automatic')}
        className="h-7 w-24 shrink-0 rounded-md border border-hairline bg-canvas px-2 text-right tabular-nums placeholder:text-muted"
        onChange={(event) => setText(event.target.value)}
        onBlur={store}
        onKeyDown={(event) => {
          if (event.key === 'Enter') store();
        }}
      />
    </div>
  );
}
