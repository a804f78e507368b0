import { ChevronRight, Pin, PinOff, Plus, RefreshCw, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { CopyableText } from '../ui/CopyableText.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import type { ModelActions } from './use-model-actions.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface AddModelProps {
  readonly list: ModelList | null;
  readonly actions: ModelActions;
}

const row =
  'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-fill [&>svg]:size-4 [&>svg]:shrink-0';

/** What can be done with models besides choosing one: free their memory, and how to get another. */
export function AddModel({ list, actions }: AddModelProps): ReactNode {
  const { t } = useTranslation('models');
  const [shown, setShown] = useState(false);
  const loaded = list?.models.filter((model) => model.state.kind === 'loaded') ?? [];
  const loading = list?.models.filter((model) => model.state.kind === 'loading') ?? [];
  const isPinned = ({ id }: ModelInfo): boolean => list?.pinnedIds.includes(id) ?? false;
  return (
    <div className="shrink-0 border-t border-hairline p-1">
      {loading.map((model) => (
        <button key={model.id} type="button" className={row} onClick={() => actions.cancel(model)}>
          <X aria-hidden className="text-muted" />
          <span className="truncate">{t('cancelLoad', { name: model.name })}</span>
        </button>
      ))}
      {loaded.map((model) => (
        <div key={model.id} className="flex items-center gap-1">
          <button type="button" className={row} onClick={() => actions.unload(model)}>
            <X aria-hidden className="text-muted" />
            <span className="truncate">{t('unload', { name: model.name })}</span>
          </button>
          <IconButton
            label={t(isPinned(model) ? 'unpin' : 'pin', { name: model.name })}
            side="top"
            onClick={() => actions.pin(model, !isPinned(model))}
          >
            {isPinned(model) ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          </IconButton>
        </div>
      ))}
      <div className="flex items-center gap-1">
        <button type="button" aria-expanded={shown} className={row} onClick={() => setShown(!shown)}>
          <Plus aria-hidden className="text-muted" />
          <span className="flex-1">{t('add')}</span>
          <ChevronRight
            aria-hidden
            className={classNames('text-muted transition-transform duration-100', shown && 'rotate-90')}
          />
        </button>
        <IconButton label={t('refresh')} side="top" onClick={actions.refresh}>
          <RefreshCw aria-hidden />
        </IconButton>
      </div>
      {shown && list ? (
        <div className="pt-1 pr-2 pb-2 pl-8">
          <AddModelSteps folder={list.folder} />
        </div>
      ) : null}
    </div>
  );
}

export function AddModelSteps({ folder }: { folder: string }): ReactNode {
  const { t } = useTranslation('models');
  return (
    <div className="flex flex-col gap-1">
      <p className="text-muted">{t('addText')}</p>
      <CopyableText text={folder} label={t('copyPath')} />
      <p className="mt-2 text-muted">{t('addFlag')}</p>
      <CopyableText text="npm start -- --model FILE.gguf" />
    </div>
  );
}
