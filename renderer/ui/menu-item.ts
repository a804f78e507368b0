import type { ReactNode } from 'react';

/** One entry of a dropdown or context menu. */
export type MenuItem =
  | {
      readonly kind?: 'action';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly keys?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly checked: boolean;
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly icon?: ReactNode; readonly items: readonly MenuItem[] }
  | { readonly kind: 'separator' };

export const menuSurface = 'popover-surface z-50 min-w-44 rounded-lg p-1 text-base text-ink outline-none';

export const menuRow =
  'group/item flex h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-disabled:opacity-40 ' +
  'data-highlighted:bg-accent data-highlighted:text-on-accent [&_svg]:size-4 [&_svg]:shrink-0 data-[state=open]:not-data-highlighted:bg-fill';

export const menuDanger = 'not-data-highlighted:text-danger';

export const menuKeys = 'pl-4 text-sm text-muted group-data-highlighted/item:text-on-accent';
