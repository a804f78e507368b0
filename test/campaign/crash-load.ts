import type { Chat, Reply } from '../../electron/chat/chat.ts';
import type { Message } from '../../shared/contract/index.ts';
import type { RandomBits } from '../model/random-bits.ts';
import { givenTitle, tryReadBranch } from './crash-check.ts';
import type { LogLine, LogWriter } from './crash-log.ts';
import type { ImportLoad } from './import-load.ts';

export interface Load {
  /** One random operation, told to the log before and after. Throws what the operation throws. */
  step(): Promise<void>;
}

export interface LoadOptions {
  readonly chat: Chat;
  readonly imports: ImportLoad;
  readonly log: LogWriter;
  readonly random: RandomBits;
  /** Makes texts and requests differ from those of other runs. */
  readonly seed: string;
}

type Acknowledged = Extract<LogLine, { type: 'acknowledged' }>['messages'];

interface Removed {
  readonly kind: 'conversation' | 'message';
  readonly id: string;
  readonly conversationId: string;
}

const conversationLimit = 6;
const lengthLimit = 30;

/** Sends, edits, answers anew, goes on, stops, deletes, brings back and imports, as many people at once would. */
export function createLoad({ chat, imports, log, random, seed }: LoadOptions): Load {
  const removed: Removed[] = [];
  /** Answers whose end was not seen yet: what is still on its way must not be taken for the end of a later attempt. */
  const unended = new Set<string>();
  let requests = 0;

  const below = (count: number): number => (random.next() >>> 0) % count;
  const pick = <T>(items: readonly T[]): T | undefined => items[below(Math.max(1, items.length))];
  const nextText = (): string => {
    requests += 1;
    return `k${seed}x${requests} ${'why 为什么 '.repeat(below(4))}${below(20) === 0 ? 'long '.repeat(4000) : ''}`;
  };

  const follow = async (conversationId: string): Promise<void> => {
    for await (const event of chat.watchThread(conversationId, new AbortController().signal)) {
      if (event.type === 'delta') {
        const { messageId, offset, text } = event;
        log.write({ type: 'shown', messageId, offset, text });
      } else if (event.type === 'message' && event.message.role === 'assistant') {
        const { id: messageId, state, text } = event.message;
        if (state === 'running') {
          log.write({ type: 'shown', messageId, offset: 0, text });
          continue;
        }
        log.write({ type: 'ended', messageId, state, text });
        unended.delete(messageId);
      } else if (event.type === 'snapshot') {
        for (const { id: messageId, state, text } of event.messages) {
          if (state === 'running') log.write({ type: 'shown', messageId, offset: 0, text });
        }
      } else if (event.type === 'removed') return;
    }
  };
  const followed = new Set<string>();

  const perform = async (
    operation: string,
    conversationId: string | null,
    work: () => { conversationId: string; messages?: Acknowledged },
  ): Promise<void> => {
    log.write({ type: 'begun', operation, conversationId });
    const { conversationId: id, messages = [] } = work();
    for (const message of messages) if (message.text === null) unended.add(message.id);
    const branch = await tryReadBranch(chat, id);
    const conversation = branch ?? { id, removed: true, title: '', pinned: false, branch: [] };
    log.write({ type: 'acknowledged', conversation, messages });
    if (branch === undefined) followed.delete(id);
    else if (!followed.has(id)) {
      followed.add(id);
      void follow(id);
    }
  };

  const asked = (text: string, parentId: string | null, reply: Reply & { messageId: string }) => ({
    conversationId: reply.conversationId,
    messages: [
      { id: reply.messageId, parentId, role: 'user' as const, text: text.toWellFormed() },
      { id: reply.replyId, parentId: reply.messageId, role: 'assistant' as const, text: null },
    ],
  });

  const messagesOf = async (conversationId: string): Promise<Message[]> => {
    for await (const event of chat.watchThread(conversationId, new AbortController().signal)) {
      return event.type === 'snapshot' ? event.messages : [];
    }
    return [];
  };

  const send = async (conversationId: string | null): Promise<void> => {
    const text = nextText();
    const requestId = `${seed}-${requests}`;
    const parentId = conversationId === null ? null : ((await messagesOf(conversationId)).at(-1)?.id ?? null);
    await perform('send', conversationId, () =>
      asked(text, parentId, chat.send({ requestId, conversationId, text, modelId: null })),
    );
  };

  const change = async (conversationId: string): Promise<void> => {
    const messages = await messagesOf(conversationId);
    const message = pick(messages);
    if (message === undefined) return send(conversationId);
    const question = message.role === 'user' ? message : messages.find(({ id }) => id === message.parentId);
    switch (below(9)) {
      case 0:
      case 1: {
        if (question === undefined) return;
        const text = nextText();
        const request = { requestId: `${seed}-${requests}`, messageId: question.id, text, modelId: null };
        return perform('edit', conversationId, () => asked(text, question.parentId, chat.edit(request)));
      }
      case 2: {
        const parentId = message.role === 'user' ? message.id : message.parentId;
        return perform('regenerate', conversationId, () => {
          const { replyId } = chat.regenerate(message.id, null);
          return { conversationId, messages: [{ id: replyId, parentId, role: 'assistant', text: null }] };
        });
      }
      case 3: {
        const last = messages.at(-1);
        if (last === undefined || unended.has(last.id)) return;
        return perform('continue', conversationId, () => {
          chat.continueReply(last.id);
          return { conversationId, messages: [{ ...last, role: 'assistant', text: null }] };
        });
      }
      case 4:
        await perform('remove message', conversationId, () => {
          chat.removeMessage(message.id);
          return { conversationId };
        });
        removed.push({ kind: 'message', id: message.id, conversationId });
        return;
      case 5: {
        const versions = messages.filter(({ version }) => version.count > 1);
        const versioned = pick(versions);
        if (versioned === undefined) return;
        return perform('select version', conversationId, () => {
          chat.selectVersion(versioned.id, below(versioned.version.count));
          return { conversationId };
        });
      }
      case 6:
        return perform('rename', conversationId, () => {
          chat.rename(conversationId, `${givenTitle} ${nextText().slice(0, 30)}`);
          return { conversationId };
        });
      case 7:
        return perform('pin', conversationId, () => {
          chat.pin(conversationId, below(2) === 0);
          return { conversationId };
        });
      default:
        return perform('stop', conversationId, () => {
          chat.stop(conversationId);
          return { conversationId };
        });
    }
  };

  const bringBack = async (): Promise<void> => {
    const item = removed.pop();
    if (item === undefined) return;
    await perform('restore', item.conversationId, () => {
      if (item.kind === 'conversation') chat.restore(item.id);
      else chat.restoreMessage(item.id);
      return { conversationId: item.conversationId };
    });
  };

  return {
    async step() {
      const { conversations } = chat.list(null, conversationLimit);
      const conversation = pick(conversations);
      const dice = below(20);
      if (below(6) === 0) imports.begin();
      if (conversation === undefined || (dice === 0 && conversations.length < conversationLimit)) return send(null);
      if (dice === 1) {
        await perform('remove', conversation.id, () => {
          chat.remove(conversation.id);
          return { conversationId: conversation.id };
        });
        removed.push({ kind: 'conversation', id: conversation.id, conversationId: conversation.id });
        return;
      }
      if (dice === 2) return bringBack();
      if (dice < 9) {
        const full = (await messagesOf(conversation.id)).length >= lengthLimit;
        return send(full ? null : conversation.id);
      }
      return change(conversation.id);
    },
  };
}
