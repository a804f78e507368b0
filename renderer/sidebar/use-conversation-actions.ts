import { useMemo } from 'react';

import type { Conversation } from '../../shared/contract/index.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import type { ConversationsStore } from './conversations-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface ConversationActions {
  attempt(action: () => Promise<unknown>): void;
  rename(conversation: Conversation, title: string): void;
  pin(conversation: Conversation, pinned: boolean): void;
  /** Null takes it out of its folder. */
  move(conversationId: string, folderId: string | null): void;
  /** At once, with a way back. */
  remove(conversation: Conversation): void;
}

export function useConversationActions(store: ConversationsStore): ConversationActions {
  const { t } = useTranslation('sidebar');
  const { t: tUi } = useTranslation('ui');
  const attempt = useAttempt();
  const toast = useToast();
  return useMemo(() => {
    const { rename, pin, move, remove, restore } = store.getState();
    return {
      attempt,
      rename: ({ id }, title) => attempt(() => rename(id, title)),
      pin: ({ id }, pinned) => attempt(() => pin(id, pinned)),
      move: (conversationId, folderId) => attempt(() => move(conversationId, folderId)),
      remove: ({ id, title }) =>
        attempt(async () => {
          await remove(id);
          toast({
            text: t('removed', { title: title || t('untitled') }),
            action: { label: tUi('undo'), run: () => attempt(() => restore(id)) },
          });
        }),
    };
  }, [store, t, tUi, attempt, toast]);
}
