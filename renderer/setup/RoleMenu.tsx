import { SlidersHorizontal } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Preset } from '../../shared/contract/index.ts';
import { emptySetup } from '../../shared/model/turn-setup.ts';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { PresetsStore } from './presets-store.ts';
import type { SetupStore } from './setup-store.ts';
import { useRoles } from './use-roles.ts';

interface RoleMenuProps {
  readonly setup: SetupStore;
  readonly presets: PresetsStore;
  /** Opens what can be set in full; left out where that is open already. */
  readonly onEdit?: () => void;
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** The roles, the present one marked. */
export function RoleMenu({ setup: store, presets, onEdit, children }: RoleMenuProps): ReactNode {
  const { t } = useTranslation('setup');
  const { builtIn, own } = useRoles(presets);
  const setup = useStore(store, (state) => state.setup);
  const change = useStore(store, (state) => state.change);
  const attempt = useAttempt();
  // A role says how to answer, not about what.
  const kept = setup.collectionIds === undefined ? {} : { collectionIds: setup.collectionIds };
  const choice = ({ id, name, setup: chosen }: Preset): MenuItem => ({
    kind: 'choice',
    label: name,
    checked: id === setup.presetId,
    onSelect: () => attempt(() => change({ ...chosen, presetId: id, ...kept })),
  });
  const items: MenuItem[] = [
    {
      kind: 'choice',
      label: t('noRole'),
      checked: setup.presetId === null,
      onSelect: () => attempt(() => change({ ...emptySetup, ...kept })),
    },
    { kind: 'separator' },
    ...builtIn.map(choice),
  ];
  if (own.length > 0) items.push({ kind: 'separator' }, ...own.map(choice));
  if (onEdit) {
    items.push({ kind: 'separator' }, { label: t('edit'), icon: <SlidersHorizontal aria-hidden />, onSelect: onEdit });
  }
  return <Menu items={items}>{children}</Menu>;
}
