import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { ConversationsStore } from '../sidebar/conversations-store.ts';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useKnownConversation } from './use-known-conversation.ts';
import { useTranslation } from '../ui/use-translation.ts';

const titleLimitChars = 200;

interface ConversationTitleProps {
  readonly store: ConversationsStore;
  readonly conversationId: string | null;
}

export function ConversationTitle({ store, conversationId }: ConversationTitleProps): ReactNode {
  const { t } = useTranslation('app');
  const conversation = useKnownConversation(store, conversationId);
  const rename = useStore(store, (state) => state.rename);
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
    <h1 className="flex min-w-0 flex-1 font-semibold">
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
  );
}
