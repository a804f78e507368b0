import { Check } from 'lucide-react';
import type { ContextMenu, DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';
import { writeKeys } from './keys.ts';
import { menuDanger, menuKeys, menuRow, type MenuItem } from './menu-item.ts';

export interface MenuRowsProps {
  readonly items: readonly MenuItem[];
  /** Radix's parts of the menu around them: each kind of menu knows only its own. */
  readonly parts: typeof DropdownMenu | typeof ContextMenu;
}

export function MenuRows({ items, parts }: MenuRowsProps): ReactNode {
  return items.map((item, index) => (
    <MenuRow key={item.kind === 'separator' ? index : item.label} item={item} parts={parts} />
  ));
}

function MenuRow({ item, parts }: { item: MenuItem } & Pick<MenuRowsProps, 'parts'>): ReactNode {
  if (item.kind === 'separator') return <parts.Separator className="mx-2 my-1 h-px bg-hairline" />;
  if (item.kind === 'choice') {
    return (
      <parts.CheckboxItem
        className={menuRow}
        checked={item.checked}
        disabled={item.disabled === true}
        onSelect={item.onSelect}
      >
        <span className="flex w-4">{item.checked ? <Check aria-hidden /> : null}</span>
        {item.label}
      </parts.CheckboxItem>
    );
  }
  return (
    <parts.Item
      className={classNames(menuRow, item.danger === true && menuDanger)}
      disabled={item.disabled === true}
      onSelect={item.onSelect}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.keys ? <span className={menuKeys}>{writeKeys(item.keys).join('')}</span> : null}
    </parts.Item>
  );
}
