import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

import { classNames } from './class-names.ts';

export type ButtonTone = 'plain' | 'primary' | 'danger' | 'quiet';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: ButtonTone;
  readonly ref?: Ref<HTMLButtonElement>;
}

const tones: Readonly<Record<ButtonTone, string>> = {
  plain: 'bg-fill text-ink enabled:hover:bg-fill-strong enabled:active:bg-fill-strong',
  primary: 'bg-accent text-on-accent enabled:hover:opacity-90 enabled:active:opacity-80',
  danger: 'bg-fill text-danger enabled:hover:bg-fill-strong',
  quiet: 'text-ink enabled:hover:bg-fill enabled:active:bg-fill-strong',
};

export function Button({ tone = 'plain', className, ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 font-medium whitespace-nowrap',
        'transition-colors duration-100 select-none disabled:opacity-40',
        tones[tone],
        className,
      )}
    />
  );
}
