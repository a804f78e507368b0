import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { useConversationActions } from '../sidebar/use-conversation-actions.ts';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { ConversationMenu } from './ConversationMenu.tsx';
import { RoleLabel } from './RoleLabel.tsx';
import type { Stores } from './stores.ts';
import { useCopyConversation } from './use-copy-conversation.ts';
import { useKnownConversation } from './use-known-conversation.ts';
import { useTranslation } from '../ui/use-translation.ts';

const titleLimitChars = 200;

interface ConversationTitleProps {
  readonly stores: Pick<Stores, 'conversations' | 'presets' | 'setup'>;
  readonly conversationId: string | null;
  readonly onSetup: () => void;
  readonly onRemoved: () => void;
}

/** The name of the conversation, what it is answered as, and what can be done with it. */
export function ConversationTitle({ stores, conversationId, onSetup, onRemoved }: ConversationTitleProps): ReactNode {
  const { t } = useTranslation('app');
  const { conversations: store } = stores;
  const conversation = useKnownConversation(store, conversationId);
  const rename = useStore(store, (state) => state.rename);
  const actions = useConversationActions(store);
  const copy = useCopyConversation();
  const attempt = useAttempt();
  const [editingId, setEditingId] = useState<string | null>(null);
  const title = conversation?.title;
  useEffect(() => {
    document.title = title ? `${title} - ${t('name')}` : t('name');
  }, [title, t]);

  if (conversation && editingId === conversation.id) {
    return (
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t('title')}
          value={conversation.title}
          limitChars={titleLimitChars}
          className="no-drag h-7 w-full max-w-96 font-semibold"
          onSave={(changed) => {
            setEditingId(null);
            attempt(() => rename(conversation.id, changed));
          }}
          onCancel={() => setEditingId(null)}
        />
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
      <h1 className="flex min-w-0 font-semibold">
        {conversation ? (
          <button
            type="button"
            title={t('renameHint')}
            className="no-drag h-7 min-w-0 truncate rounded-md px-2 hover:bg-fill"
            onClick={() => setEditingId(conversation.id)}
          >
            {conversation.title || t('newChat')}
          </button>
        ) : (
          <span className="truncate px-2">{t('newChat')}</span>
        )}
      </h1>
      <RoleLabel stores={stores} onSetup={onSetup} />
      <ConversationMenu
        conversation={conversation}
        onRename={() => setEditingId(conversation?.id ?? null)}
        onSetup={onSetup}
        onCopy={() => conversation && copy(conversation.id)}
        onPin={(pinned) => conversation && actions.pin(conversation, pinned)}
        onRemove={() => {
          if (!conversation) return;
          actions.remove(conversation);
          onRemoved();
        }}
      />
    </div>
  );
}
