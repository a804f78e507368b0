import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import { roleName } from '../setup/roles.ts';
import { useRoles } from '../setup/use-roles.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { Stores } from './stores.ts';

interface RoleLabelProps {
  readonly stores: Pick<Stores, 'presets' | 'setup'>;
  readonly onSetup: () => void;
}

/** As what the conversation is answered, where that is anything of its own. A new one says so below its title. */
export function RoleLabel({ stores, onSetup }: RoleLabelProps): ReactNode {
  const { t } = useTranslation('setup');
  const { builtIn, own } = useRoles(stores.presets);
  const { conversationId, setup } = useStore(stores.setup);
  const name = roleName(t, setup, [...builtIn, ...own]);
  if (name === null || conversationId === null) return null;
  return (
    <button
      type="button"
      aria-label={`${t('role')}: ${name}`}
      className="no-drag h-6 max-w-40 min-w-0 shrink truncate rounded-md bg-fill px-2 text-sm text-muted hover:bg-fill-strong hover:text-ink"
      onClick={onSetup}
    >
      {name}
    </button>
  );
}
