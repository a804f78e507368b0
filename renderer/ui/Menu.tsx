import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { classNames } from './class-names.ts';
import { writeKeys } from './keys.ts';
import { useLayer } from './layer.ts';
import { menuDanger, menuKeys, menuRow, menuSurface, type MenuItem } from './menu-item.ts';

export interface MenuProps {
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
  readonly open?: boolean;
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
          {items.map((item, index) => (
            <MenuRow key={item.kind === 'separator' ? index : item.label} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuRow({ item }: { item: MenuItem }): ReactNode {
  if (item.kind === 'separator') return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-hairline" />;
  if (item.kind === 'choice') {
    return (
      <DropdownMenu.CheckboxItem
        className={menuRow}
        checked={item.checked}
        disabled={item.disabled === true}
        onSelect={item.onSelect}
      >
        <span className="flex w-4">{item.checked ? <Check aria-hidden /> : null}</span>
        {item.label}
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item
      className={classNames(menuRow, item.danger === true && menuDanger)}
      disabled={item.disabled === true}
      onSelect={item.onSelect}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.keys ? <span className={menuKeys}>{writeKeys(item.keys).join('')}</span> : null}
    </DropdownMenu.Item>
  );
}
