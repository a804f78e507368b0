import { useEffect, useRef, type ReactNode } from 'react';

import { classNames } from './class-names.ts';

export interface InlineEditProps {
  readonly label: string;
  readonly value: string;
  readonly limitChars: number;
  readonly className?: string;
  /** Called once, with trimmed and changed text; otherwise `onCancel` is. */
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

/** A field in the place of a text: Enter or leaving it saves, Escape does not. */
export function InlineEdit({ label, value, limitChars, className, onSave, onCancel }: InlineEditProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);

  useEffect(() => field.current?.select(), []);

  const finish = (save: boolean): void => {
    if (done.current) return;
    done.current = true;
    const text = field.current?.value.trim() ?? '';
    if (save && text !== '' && text !== value) onSave(text);
    else onCancel();
  };

  return (
    <input
      ref={field}
      aria-label={label}
      defaultValue={value}
      maxLength={limitChars}
      spellCheck={false}
      className={classNames(
        'rounded-md bg-canvas px-2 text-ink outline-2 -outline-offset-2! outline-accent',
        className,
      )}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        // Enter also confirms a word in an input method for Chinese; that is not the end of the title.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
    />
  );
}
