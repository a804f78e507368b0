import { useMemo } from 'react';
import { useStore } from 'zustand';

import type { Preset } from '../../shared/contract/index.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { PresetsStore } from './presets-store.ts';
import { builtInRoles } from './roles.ts';

/** All roles there are to choose from. */
export function useRoles(store: PresetsStore): {
  readonly builtIn: readonly Preset[];
  readonly own: readonly Preset[];
} {
  const { t } = useTranslation('setup');
  const own = useStore(store, (state) => state.presets);
  return useMemo(() => ({ builtIn: builtInRoles(t), own }), [t, own]);
}
