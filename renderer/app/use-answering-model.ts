import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';

import type { ModelWindow } from '../chat/TooLong.tsx';
import { defaultModel } from '../models/models-store.ts';
import type { Stores } from './stores.ts';

/** The model that will answer the next message; undefined while it is not known, or how much it reads. */
export function useAnsweringModel(stores: Pick<Stores, 'models' | 'setup'>): ModelWindow | undefined {
  const own = useStore(stores.setup, (state) => state.setup.modelId);
  return useStore(
    stores.models,
    // The list is sent anew with every estimate; the window is drawn anew only when this changes.
    useShallow(({ list }): ModelWindow | undefined => {
      const model = own === null ? defaultModel(list) : list?.models.find(({ id }) => id === own);
      const tokens = model?.trainedContextTokens ?? 0;
      return model === undefined || tokens === 0 ? undefined : { name: model.name, tokens };
    }),
  );
}
