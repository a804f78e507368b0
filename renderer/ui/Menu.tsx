import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { useLayer } from './layer.ts';
import { menuSurface, type MenuItem } from './menu-item.ts';
import { MenuRows } from './MenuRows.tsx';

export interface MenuProps {
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
  readonly open?: boolean;
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Called instead of giving focus back to the trigger, for an action that moves focus itself. */
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** A menu under a button. */
export function Menu({ items, align = 'start', children, onCloseAutoFocus, ...root }: MenuProps): ReactNode {
  const layer = useLayer();
  return (
    // Modal menus lock scrolling by writing a <style> element, which the content security policy forbids.
    <DropdownMenu.Root modal={false} {...root}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal {...(layer ? { container: layer } : {})}>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          className={menuSurface}
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
        >
          <MenuRows items={items} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
