import { useEffect, useMemo, useRef } from 'react';

import type { Message, ModelInfo } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import type { MessageActions } from './message-actions.ts';
import { createRequestId } from './request-id.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface MessageActionsOptions {
  readonly client: Client;
  readonly models: readonly ModelInfo[];
  readonly onCompare: (message: Message) => void;
  readonly onQuote: (text: string) => void;
  /** A new answer begins, where the person has just asked for it. */
  readonly onAsked: () => void;
}

/** The calls behind the buttons of a message. What goes wrong is said in a toast; the thread itself shows the rest. */
export function useMessageActions(options: MessageActionsOptions): MessageActions {
  const { t } = useTranslation('chat');
  const showToast = useToast();
  const errorText = useErrorText();
  const latest = useRef({ ...options, t, showToast, errorText });
  useEffect(() => {
    latest.current = { ...options, t, showToast, errorText };
  });

  return useMemo(() => {
    const tell = async (call: Promise<unknown>): Promise<boolean> => {
      try {
        await call;
        return true;
      } catch (error) {
        latest.current.showToast({ text: latest.current.errorText(error), tone: 'danger' });
        return false;
      }
    };
    /** The model of an old answer may be gone by now; null then means the one that answers new messages. */
    const present = (modelId: string | undefined): string | null =>
      latest.current.models.find((model) => model.id === modelId)?.id ?? null;
    return {
      async regenerate(message, modelId) {
        const { client, onAsked } = latest.current;
        const request = { messageId: message.id, modelId: modelId ?? present(message.model?.id) };
        if (await tell(client.chat.regenerate(request))) onAsked();
      },
      continueReply(message) {
        void tell(latest.current.client.chat.continueReply({ messageId: message.id }));
      },
      async edit(message, text) {
        const { client, onAsked } = latest.current;
        const request = { requestId: createRequestId(), messageId: message.id, text, modelId: null };
        const edited = await tell(client.chat.edit(request));
        if (edited) onAsked();
        return edited;
      },
      compare: (message) => latest.current.onCompare(message),
      selectVersion(message, index) {
        void tell(latest.current.client.chat.selectVersion({ messageId: message.id, index }));
      },
      async remove(message) {
        const { client, t: say, showToast: show } = latest.current;
        const messageId = message.id;
        if (!(await tell(client.chat.removeMessage({ messageId })))) return;
        show({
          text: say('actions.removed'),
          action: { label: say('actions.undo'), run: () => void tell(client.chat.restoreMessage({ messageId })) },
        });
      },
      quote: (text) => latest.current.onQuote(text),
    };
  }, []);
}
