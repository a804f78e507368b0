import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import { Button } from '../ui/Button.tsx';
import { AddModelSteps } from './AddModel.tsx';
import { ModelListbox } from './ModelListbox.tsx';
import { isUsable } from './model-words.ts';
import { ModelOptionsForm } from './ModelOptionsForm.tsx';
import { adaptersFor, defaultModel, type ModelsStore } from './models-store.ts';
import { useModelActions } from './use-model-actions.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** The models part of the settings. */
export function ModelsSettings({ store }: { store: ModelsStore }): ReactNode {
  const { t } = useTranslation('models');
  const list = useStore(store, (state) => state.list);
  const actions = useModelActions(store);
  if (!list) return <p className="text-muted">{t('connecting')}</p>;
  const chosen = defaultModel(list);
  return (
    <div className="flex flex-col gap-6">
      <section>
        <div className="flex items-end justify-between gap-4">
          <div>
            <h3 className="font-medium">{t('defaultTitle')}</h3>
            <p className="text-muted">{t('defaultHint')}</p>
          </div>
          <Button onClick={actions.refresh}>
            <RefreshCw aria-hidden className="size-3.5" />
            {t('refresh')}
          </Button>
        </div>
        <div className="mt-2 rounded-md border border-hairline">
          <ModelListbox
            id="settings-model-listbox"
            models={list.models}
            selectedId={list.defaultModelId}
            onChoose={actions.use}
          />
        </div>
      </section>
      {chosen && isUsable(chosen) ? (
        <section>
          <h3 className="font-medium">{t('optionsTitle', { name: chosen.name })}</h3>
          <p className="text-muted">{t('optionsHint')}</p>
          <div className="mt-2">
            <ModelOptionsForm
              key={chosen.id}
              store={store}
              model={chosen}
              adapters={adaptersFor(list, chosen)}
              models={list.models}
            />
          </div>
        </section>
      ) : null}
      <section>
        <h3 className="font-medium">{t('add')}</h3>
        <div className="mt-1">
          <AddModelSteps folder={list.folder} />
        </div>
      </section>
    </div>
  );
}
