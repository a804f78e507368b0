import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { useLayer } from './layer.ts';
import { menuSurface, type MenuItem } from './menu-item.ts';
import { MenuRows } from './MenuRows.tsx';

export interface ContextMenuProps {
  readonly items: readonly MenuItem[];
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** The element that is clicked with the secondary button, or has focus when the menu key is pressed. */
  readonly children: ReactElement;
}

export function ContextMenu({ items, onCloseAutoFocus, children }: ContextMenuProps): ReactNode {
  const layer = useLayer();
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal {...(layer ? { container: layer } : {})}>
        <Radix.Content
          collisionPadding={8}
          loop
          className={menuSurface}
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
        >
          <MenuRows items={items} parts={Radix} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
