import { useStore } from 'zustand';

import type { ModelInfo } from '../../shared/contract/index.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import type { ModelsStore } from './models-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface ModelActions {
  use(modelId: string): void;
  unload(model: ModelInfo): void;
  cancel(model: ModelInfo): void;
  pin(model: ModelInfo, pinned: boolean): void;
  /** Looks at the folders again and says how many models there are. */
  refresh(): void;
}

export function useModelActions(store: ModelsStore): ModelActions {
  const { t } = useTranslation('models');
  const attempt = useAttempt();
  const toast = useToast();
  const { use, unload, pin, rescan } = useStore(store);
  return {
    use: (modelId) => attempt(() => use(modelId)),
    cancel: ({ id }) => attempt(() => unload(id)),
    pin: ({ id }, pinned) => attempt(() => pin(id, pinned)),
    unload: ({ id, name }) =>
      attempt(async () => {
        await unload(id);
        toast({ text: t('unloaded', { name }) });
      }),
    refresh: () =>
      attempt(async () => {
        await rescan();
        toast({ text: t('refreshed', { count: store.getState().list?.models.length ?? 0 }) });
      }),
  };
}
