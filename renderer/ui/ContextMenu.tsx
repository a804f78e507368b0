import { Check } from 'lucide-react';
import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { classNames } from './class-names.ts';
import { writeKeys } from './keys.ts';
import { useLayer } from './layer.ts';
import { menuDanger, menuKeys, menuRow, menuSurface, type MenuItem } from './menu-item.ts';

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
          {items.map((item, index) => (
            <ContextMenuRow key={item.kind === 'separator' ? index : item.label} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function ContextMenuRow({ item }: { item: MenuItem }): ReactNode {
  if (item.kind === 'separator') return <Radix.Separator className="mx-2 my-1 h-px bg-hairline" />;
  if (item.kind === 'choice') {
    return (
      <Radix.CheckboxItem
        className={menuRow}
        checked={item.checked}
        disabled={item.disabled === true}
        onSelect={item.onSelect}
      >
        <span className="flex w-4">{item.checked ? <Check aria-hidden /> : null}</span>
        {item.label}
      </Radix.CheckboxItem>
    );
  }
  return (
    <Radix.Item
      className={classNames(menuRow, item.danger === true && menuDanger)}
      disabled={item.disabled === true}
      onSelect={item.onSelect}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.keys ? <span className={menuKeys}>{writeKeys(item.keys).join('')}</span> : null}
    </Radix.Item>
  );
}
