import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Client } from '../rpc/client.ts';
import type { Draft, Drafts } from './drafts.ts';
import { createRequestId } from './request-id.ts';

export interface ComposerState {
  readonly conversationId: string | null;
  readonly draft: Draft;
  readonly sending: boolean;
  /** Why the text in the field was not taken; null again when it is changed. */
  readonly error: unknown;
}

export interface SentMessage {
  readonly conversationId: string;
  readonly replyId: string;
}

/** The message field: what stands in it, and its way out. Text leaves it only when the core has stored it. */
export interface Composer {
  readonly state: StoreApi<ComposerState>;
  /** Shows the draft of another conversation. */
  open(conversationId: string | null): void;
  write(text: string): void;
  /** Undefined when there was nothing to send, or it was not taken; the reason is then in the state. */
  send(modelId: string | null): Promise<SentMessage | undefined>;
}

export function createComposer(
  chat: Pick<Client['chat'], 'send'>,
  drafts: Drafts,
  conversationId: string | null,
): Composer {
  const state = createStore<ComposerState>()(() => ({
    conversationId,
    draft: drafts.read(conversationId),
    sending: false,
    error: null,
  }));
  const put = (draft: Draft): void => {
    drafts.write(state.getState().conversationId, draft);
    state.setState({ draft });
  };

  return {
    state,
    open(next) {
      if (state.getState().conversationId === next) return;
      state.setState({ conversationId: next, draft: drafts.read(next), sending: false, error: null });
    },
    write(text) {
      // Other words are another message: under the old id the core would answer with the old one.
      if (text !== state.getState().draft.text) put({ text, requestId: null });
      state.setState({ error: null });
    },
    async send(modelId) {
      const { conversationId: target, draft, sending } = state.getState();
      const text = messageText(draft.text);
      if (sending || text === '') return undefined;
      const requestId = draft.requestId ?? createRequestId();
      put({ text: draft.text, requestId });
      state.setState({ sending: true, error: null });
      // Another conversation may be opened meanwhile; its field is not touched then.
      const isHere = (): boolean => state.getState().conversationId === target;
      try {
        const sent = await chat.send({ requestId, conversationId: target, text, modelId });
        drafts.write(target, { text: '', requestId: null });
        if (isHere()) state.setState({ draft: { text: '', requestId: null }, sending: false });
        return { conversationId: sent.conversationId, replyId: sent.replyId };
      } catch (error) {
        if (isHere()) state.setState({ sending: false, error });
        return undefined;
      }
    },
  };
}

/** What is sent of a text: without empty lines around it; spaces that indent its first line stay. */
export function messageText(written: string): string {
  return written.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
}
