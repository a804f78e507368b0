import { Check, ChevronRight } from 'lucide-react';
import type { ContextMenu, DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';
import { writeKeys } from './keys.ts';
import { useLayer } from './layer.ts';
import { menuDanger, menuKeys, menuRow, menuSurface, type MenuItem } from './menu-item.ts';

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
  if (item.kind === 'submenu') return <Submenu item={item} parts={parts} />;
  if (item.kind === 'choice') {
    return (
      <parts.CheckboxItem
        className={menuRow}
        checked={item.checked}
        disabled={item.disabled === true}
        onSelect={item.onSelect}
      >
        <span className="flex w-4">{item.checked ? <Check aria-hidden /> : null}</span>
        <span className="max-w-72 truncate">{item.label}</span>
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

interface SubmenuProps extends Pick<MenuRowsProps, 'parts'> {
  readonly item: MenuItem & { kind: 'submenu' };
}

function Submenu({ item, parts }: SubmenuProps): ReactNode {
  const layer = useLayer();
  return (
    <parts.Sub>
      <parts.SubTrigger className={menuRow}>
        {item.icon}
        <span className="flex-1">{item.label}</span>
        <ChevronRight aria-hidden />
      </parts.SubTrigger>
      <parts.Portal {...(layer ? { container: layer } : {})}>
        <parts.SubContent
          sideOffset={4}
          collisionPadding={8}
          loop
          className={classNames(menuSurface, 'max-h-[min(400px,80dvh)] overflow-y-auto')}
        >
          <MenuRows items={item.items} parts={parts} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
  );
}
