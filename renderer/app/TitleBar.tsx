import { PanelLeft, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';

import { ModelSwitcher } from '../models/ModelSwitcher.tsx';
import { IconButton } from '../ui/IconButton.tsx';
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
}

export function TitleBar(props: TitleBarProps): ReactNode {
  const { stores, conversationId, sidebarHidden, inBrowser } = props;
  const { t } = useTranslation('app');
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
      <ConversationTitle store={stores.conversations} conversationId={conversationId} />
      <ModelSwitcher store={stores.models} />
    </header>
  );
}
