import { PanelLeft, SquarePen } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { ModelSwitcher, type OwnModel } from '../models/ModelSwitcher.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { ConversationTitle } from './ConversationTitle.tsx';
import { shownKeys } from './shortcuts.ts';
import type { Stores } from './stores.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface TitleBarProps {
  readonly stores: Stores;
  readonly conversationId: string | null;
  readonly sidebarHidden: boolean;
  readonly inBrowser: boolean;
  readonly onToggleSidebar: () => void;
  readonly onNewChat: () => void;
  readonly onSetup: () => void;
  readonly onRemoved: () => void;
}

export function TitleBar(props: TitleBarProps): ReactNode {
  const { stores, conversationId, sidebarHidden, inBrowser } = props;
  const { t } = useTranslation('app');
  const own = useOwnModel(stores.setup);
  return (
    <header
      className={`drag flex h-12 shrink-0 items-center gap-1 border-b border-hairline pr-2 ${sidebarHidden ? 'pl-(--lights-inset)' : 'pl-3'}`}
    >
      {sidebarHidden ? (
        <>
          <IconButton
            label={t('showSidebar')}
            keys={shownKeys('toggleSidebar', inBrowser)}
            onClick={props.onToggleSidebar}
          >
            <PanelLeft aria-hidden />
          </IconButton>
          <IconButton label={t('newChat')} keys={shownKeys('newChat', inBrowser)} onClick={props.onNewChat}>
            <SquarePen aria-hidden />
          </IconButton>
        </>
      ) : null}
      <ConversationTitle
        stores={stores}
        conversationId={conversationId}
        onSetup={props.onSetup}
        onRemoved={props.onRemoved}
      />
      <ModelSwitcher store={stores.models} own={own} />
    </header>
  );
}

/** The model that the conversation on screen sets, and the way to set another one. */
function useOwnModel(store: Stores['setup']): OwnModel | null {
  const setup = useStore(store, (state) => state.setup);
  const attempt = useAttempt();
  return useMemo(() => {
    if (setup.modelId === null) return null;
    const onChoose = (modelId: string): void => attempt(() => store.getState().change({ ...setup, modelId }));
    return { modelId: setup.modelId, onChoose };
  }, [store, setup, attempt]);
}
