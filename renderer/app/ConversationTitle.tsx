import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import type { Conversation } from '../../shared/contract/index.ts';
import type { ConversationsStore } from '../sidebar/conversations-store.ts';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { useAttempt } from '../ui/use-attempt.ts';

const titleLimitChars = 200;

interface ConversationTitleProps {
  readonly store: ConversationsStore;
  readonly conversation: Conversation | undefined;
}

export function ConversationTitle({ store, conversation }: ConversationTitleProps): ReactNode {
  const { t } = useTranslation('app');
  const rename = useStore(store, (state) => state.rename);
  const attempt = useAttempt();
  const [editingId, setEditingId] = useState<string | null>(null);

  if (conversation && editingId === conversation.id) {
    return (
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t('title')}
          value={conversation.title}
          limitChars={titleLimitChars}
          className="no-drag h-7 w-full max-w-96 font-semibold"
          onSave={(title) => {
            setEditingId(null);
            attempt(() => rename(conversation.id, title));
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
