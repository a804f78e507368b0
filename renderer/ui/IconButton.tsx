import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

import { classNames } from './class-names.ts';
import type { TooltipSide } from './place-tooltip.ts';
import { tooltipMarks } from './tooltip-target.ts';

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The accessible name, shown as a tooltip as well. */
  readonly label: string;
  readonly keys?: string;
  readonly side?: TooltipSide;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A 28 px square with a 16 px icon inside. */
export function IconButton({ label, keys, side, className, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      {...tooltipMarks(keys, side)}
      {...rest}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted select-none',
        'transition-colors duration-100 enabled:hover:bg-fill enabled:hover:text-ink enabled:active:bg-fill-strong',
        'disabled:opacity-40 data-[state=open]:bg-fill data-[state=open]:text-ink [&>svg]:size-4',
        className,
      )}
    />
  );
}
