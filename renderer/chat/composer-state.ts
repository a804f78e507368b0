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

/** What goes with the first message of a conversation. */
export type Beginning = Pick<Parameters<Client['chat']['send']>[0], 'setup' | 'folderId'>;

/** What goes with any message. */
export type Enclosed = Pick<Parameters<Client['chat']['send']>[0], 'documentIds'>;

/**
 * The message field: what stands in it, and its way out. What was sent is no longer shown in it, but is its draft until
 * the core has stored it, and comes back when that fails.
 */
export interface Composer {
  readonly state: StoreApi<ComposerState>;
  /** Shows the draft of another conversation. */
  open(conversationId: string | null): void;
  write(text: string): void;
  /**
   * Undefined when there was nothing to send, or it was not taken; the reason is then in the state. `onLeft` is told the
   * text when it leaves the field.
   */
  send(
    modelId: string | null,
    onLeft?: (text: string) => void,
    beginning?: Beginning,
    enclosed?: Enclosed,
  ): Promise<SentMessage | undefined>;
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
  /** The request is on its way, and the window does not show it yet. */
  let leaving = false;
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
    async send(modelId, onLeft, beginning, enclosed) {
      const { conversationId: target, draft, sending } = state.getState();
      const text = messageText(draft.text);
      if (sending || leaving || text === '') return undefined;
      leaving = true;
      const requestId = draft.requestId ?? createRequestId();
      const sentDraft: Draft = { text: draft.text, requestId };
      drafts.write(target, sentDraft);
      // Another conversation may be opened meanwhile; its field is not touched then.
      const isHere = (): boolean => state.getState().conversationId === target;
      try {
        const begun = target === null ? beginning : undefined;
        const answer = chat.send({ requestId, conversationId: target, text, modelId, ...begun, ...enclosed });
        await Promise.race([answer, nextTask()]);
        leaving = false;
        if (isHere()) {
          state.setState({ draft: { text: '', requestId }, sending: true, error: null });
          onLeft?.(text);
        }
        const sent = await answer;
        drafts.write(target, { text: '', requestId: null });
        if (isHere()) state.setState({ draft: { text: '', requestId: null }, sending: false });
        return { conversationId: sent.conversationId, replyId: sent.replyId };
      } catch (error) {
        leaving = false;
        if (isHere()) state.setState({ draft: sentDraft, sending: false, error });
        return undefined;
      }
    },
  };
}

/** Drawing takes longer than sending: the request goes out before the window shows that it did. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** What is sent of a text: without empty lines around it; spaces that indent its first line stay. */
export function messageText(written: string): string {
  return written.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
}
