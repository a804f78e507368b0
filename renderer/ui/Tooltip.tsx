import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { Kbd } from './Kbd.tsx';
import { useLayer } from './layer.ts';

export interface TooltipProps {
  readonly text: string;
  /** Keys as in `Kbd`: `Mod+N`. */
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that takes a ref and can be focused. */
  readonly children: ReactElement;
}

/** A short name or explanation after a moment of hovering or on focus. Needs `TooltipProvider` above it. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps): ReactNode {
  const layer = useLayer();
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal {...(layer ? { container: layer } : {})}>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="popover-surface z-50 flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-sm text-ink"
        >
          {text}
          {keys ? <Kbd keys={keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function TooltipProvider(props: { children: ReactNode }): ReactNode {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200} disableHoverableContent>
      {props.children}
    </Radix.Provider>
  );
}
