import { Ellipsis } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';

import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** What one part of the app can do with a document: rows of a menu, and the dialog one of them has opened. */
export interface DocumentActionGroup {
  readonly key: string;
  readonly items: readonly MenuItem[];
  readonly opened?: ReactNode;
}

interface DocumentActionsProps {
  /** Of the document, for the button's name. */
  readonly name: string;
  readonly groups: readonly DocumentActionGroup[];
}

/** The button beside a document with everything that can be done with it, a line between the groups. */
export function DocumentActions({ name, groups }: DocumentActionsProps): ReactNode {
  const { t } = useTranslation('documents');
  const filled = groups.filter(({ items }) => items.length > 0);
  if (filled.length === 0) return null;
  const items = filled.flatMap((group, index): MenuItem[] =>
    index === 0 ? [...group.items] : [{ kind: 'separator' }, ...group.items],
  );
  return (
    <>
      <Menu items={items} align="end">
        <IconButton label={t('actions', { name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </Menu>
      {filled.map(({ key, opened }) => (
        <Fragment key={key}>{opened}</Fragment>
      ))}
    </>
  );
}
