import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { memo, useDeferredValue, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { useLayer } from '../ui/layer.ts';
import { useFormat } from '../ui/use-format.ts';
import { AdaptationNote } from './AdaptationNote.tsx';
import { AddModel } from './AddModel.tsx';
import { ModelListbox } from './ModelListbox.tsx';
import { isWaiting, stateWords } from './model-words.ts';
import { defaultModel, type ModelsState, type ModelsStore } from './models-store.ts';
import { usePreload } from './use-preload.ts';
import { useModelActions } from './use-model-actions.ts';
import { useTranslation } from '../ui/use-translation.ts';

const listboxId = 'model-listbox';

interface ModelSwitcherProps {
  readonly store: ModelsStore;
  /** The conversation on screen has a model of its own; null when it is answered as all are. */
  readonly own?: OwnModel | null;
}

export interface OwnModel {
  readonly modelId: string;
  readonly onChoose: (modelId: string) => void;
}

/** The model that answers new messages, and the way to another one. */
export function ModelSwitcher({ store, own = null }: ModelSwitcherProps): ReactNode {
  // The list comes with every new estimate, just before a first word, which goes before it.
  const list = useDeferredValue(useStore(store, (state) => state.list));
  return <Switcher store={store} own={own} list={list} />;
}

interface SwitcherProps extends Required<ModelSwitcherProps> {
  readonly list: ModelsState['list'];
}

const Switcher = memo(function Switcher({ store, own, list }: SwitcherProps): ReactNode {
  const { t } = useTranslation('models');
  const format = useFormat();
  const actions = useModelActions(store);
  const [open, setOpen] = useState(false);
  const model = own === null ? defaultModel(list) : list?.models.find(({ id }) => id === own.modelId);
  const selectedId = own?.modelId ?? list?.defaultModelId ?? null;
  const layer = useLayer();
  const preload = usePreload(store);
  const loading = model?.state.kind === 'loading';

  const change = (next: boolean): void => {
    setOpen(next);
    // Who opens the list is likely to ask something soon.
    preload(next ? selectedId : null);
  };

  return (
    // Modal popovers lock scrolling by writing a <style> element, which the content security policy forbids.
    <Popover.Root open={open} onOpenChange={change} modal={false}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={t('model')}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={listboxId}
          className="no-drag flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 text-ink hover:bg-fill data-[state=open]:bg-fill"
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
            event.preventDefault();
            change(true);
          }}
        >
          <span className="truncate font-medium">{model?.name ?? t(list === null ? 'connecting' : 'none')}</span>
          {model && model.state.kind !== 'loaded' && model.state.kind !== 'onDisk' ? (
            <span className={loading ? 'shrink-0 text-muted tabular-nums' : 'shrink-0 text-danger'}>
              {stateWords(t, format, model)}
            </span>
          ) : null}
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      </Popover.Trigger>
      <Popover.Portal {...(layer ? { container: layer } : {})}>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('models')}
          className="popover-surface z-50 flex max-h-[min(560px,calc(100dvh-64px))] w-[min(400px,calc(100vw-16px))] flex-col rounded-lg outline-none"
        >
          <ModelListbox
            id={listboxId}
            models={list?.models ?? []}
            selectedId={selectedId}
            autoFocus
            onHover={preload}
            onChoose={(id) => {
              change(false);
              if (own !== null) own.onChoose(id);
              else if (id !== selectedId || isWaiting(model)) actions.use(id);
            }}
          />
          <AdaptationNote store={store} />
          <AddModel list={list} actions={actions} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
});
