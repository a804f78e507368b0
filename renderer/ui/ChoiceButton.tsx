import { ChevronDown } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

import { classNames } from './class-names.ts';

export interface ChoiceButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What is chosen between. */
  readonly label: string;
  /** The present choice. */
  readonly value: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** The button of a menu of choices: says the present one. */
export function ChoiceButton({ label, value, className, ...rest }: ChoiceButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={`${label}: ${value}`}
      {...rest}
      className={classNames(
        'inline-flex h-7 max-w-full min-w-0 items-center gap-1.5 rounded-md bg-fill pr-1.5 pl-3 select-none',
        'hover:bg-fill-strong data-[state=open]:bg-fill-strong',
        className,
      )}
    >
      <span className="truncate">{value}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  );
}
