import { randomUUID } from 'node:crypto';

import type { Chat, Reply } from '../../electron/chat/chat.ts';
import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { Conversation, ConversationsEvent, Message, SearchHit, ThreadEvent } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createFakeFolders, createFakePresets, createFakeSetups } from './fake-filing.ts';

export interface FakeChatOptions {
  /** The words of an answer to a question; sent one by one. */
  readonly answer?: (question: string) => string;
  /** Milliseconds between two words. */
  readonly wordMs?: number;
  /** How many conversations a watch begins with. */
  readonly windowSize?: number;
  readonly now?: () => number;
}

export interface FakeChat extends Chat {
  /** Puts a conversation in as if it had always been there. */
  plant(conversation: Partial<Conversation> & { title: string }, texts?: readonly string[]): Conversation;
}

interface Thread {
  conversation: Conversation;
  removed: boolean;
  messages: Message[];
  stop: (() => void) | undefined;
}

/** Conversations in memory, answered by a script. One branch only: an edit or a new version replaces what followed. */
export function createFakeChat(options: FakeChatOptions = {}): FakeChat {
  const { answer = (question) => `You said: ${question}`, wordMs = 20, windowSize = 200, now = Date.now } = options;
  const threads = new Map<string, Thread>();
  const sent = new Map<string, Reply & { messageId: string }>();
  const listChanged = createEmitter<ConversationsEvent>();
  const threadChanged = createEmitter<{ conversationId: string; event: ThreadEvent }>();

  const find = (conversationId: string): Thread => {
    const thread = threads.get(conversationId);
    if (!thread || thread.removed) {
      throw new ClawdbotError('CONVERSATION_NOT_FOUND', 'This conversation is gone.', { conversationId });
    }
    return thread;
  };
  const findMessage = (messageId: string): { thread: Thread; index: number; message: Message } => {
    for (const thread of threads.values()) {
      const index = thread.messages.findIndex((message) => message.id === messageId);
      const message = thread.messages[index];
      if (message) return { thread, index, message };
    }
    throw new ClawdbotError('MESSAGE_NOT_FOUND', 'This message is gone.', { messageId });
  };
  const sorted = (): Conversation[] =>
    [...threads.values()]
      .filter((thread) => !thread.removed)
      .map((thread) => thread.conversation)
      .toSorted((left, right) => right.updatedAt - left.updatedAt);

  const announce = (thread: Thread, event: ThreadEvent): void =>
    threadChanged.emit({ conversationId: thread.conversation.id, event });
  const change = (thread: Thread, fields: Partial<Conversation>): Conversation => {
    thread.conversation = { ...thread.conversation, ...fields };
    listChanged.emit({ type: 'upserted', conversation: thread.conversation });
    announce(thread, { type: 'conversation', conversation: thread.conversation });
    return thread.conversation;
  };
  const put = (thread: Thread, message: Message): void => {
    const index = thread.messages.findIndex((known) => known.id === message.id);
    if (index >= 0) thread.messages[index] = message;
    else thread.messages.push(message);
    announce(thread, { type: 'message', message });
  };
  const snapshot = (thread: Thread): ThreadEvent => ({
    type: 'snapshot',
    conversation: thread.conversation,
    messages: thread.messages.slice(-50),
    hasEarlier: thread.messages.length > 50,
    progress: thread.conversation.running ? { phase: 'answering' } : null,
  });

  const add = (title: string, fields: Partial<Conversation> = {}): Thread => {
    const conversation: Conversation = {
      id: randomUUID(),
      createdAt: now(),
      updatedAt: now(),
      pinned: false,
      modelId: null,
      running: false,
      ...fields,
      title,
    };
    const thread: Thread = { conversation, removed: false, messages: [], stop: undefined };
    threads.set(conversation.id, thread);
    return thread;
  };
  const message = (thread: Thread, role: Message['role'], text: string, state: Message['state']): Message => ({
    id: randomUUID(),
    conversationId: thread.conversation.id,
    parentId: thread.messages.at(-1)?.id ?? null,
    role,
    text,
    thought: null,
    state,
    createdAt: now(),
    model: role === 'assistant' ? { id: 'fake', name: 'Fake' } : null,
    error: null,
    stats: null,
    version: { index: 0, count: 1 },
  });

  const reply = (thread: Thread, question: string, modelId: string | null): Reply => {
    const words = answer(question).split(/(?<= )/);
    let written = message(thread, 'assistant', '', 'running');
    put(thread, written);
    change(thread, { running: true, updatedAt: now(), modelId });
    const finish = (state: Message['state']): void => {
      clearInterval(timer);
      thread.stop = undefined;
      written = { ...written, state };
      put(thread, written);
      change(thread, { running: false });
    };
    const timer = setInterval(() => {
      const word = words.shift();
      if (word === undefined) {
        finish('done');
        return;
      }
      const offset = written.text.length;
      written = { ...written, text: written.text + word };
      thread.messages = thread.messages.map((known) => (known.id === written.id ? written : known));
      announce(thread, { type: 'delta', messageId: written.id, offset, text: word, sentAtMs: now() });
    }, wordMs);
    thread.stop = () => finish('stopped');
    return { conversationId: thread.conversation.id, replyId: written.id };
  };
  const ask = (thread: Thread, text: string, modelId: string | null): Reply & { messageId: string } => {
    const question = message(thread, 'user', text, 'done');
    put(thread, question);
    return { ...reply(thread, text, modelId), messageId: question.id };
  };
  const mustBeIdle = (thread: Thread): void => {
    const { id: conversationId, running } = thread.conversation;
    if (running) throw new ClawdbotError('TURN_RUNNING', 'An answer is being written.', { conversationId });
  };

  return {
    folders: createFakeFolders((conversationId, folderId) => {
      const thread = find(conversationId);
      const { folderId: _, ...conversation } = thread.conversation;
      thread.conversation = conversation;
      return change(thread, folderId === undefined ? {} : { folderId });
    }),
    presets: createFakePresets(),
    setups: createFakeSetups(),
    plant(fields, texts = []) {
      const thread = add(fields.title, fields);
      texts.forEach((text, index) =>
        thread.messages.push(message(thread, index % 2 === 0 ? 'user' : 'assistant', text, 'done')),
      );
      return thread.conversation;
    },
    watchConversations(signal) {
      const queue = createAsyncQueue<ConversationsEvent>({ signal, onEnd: () => end() });
      const end = listChanged.listen((event) => queue.push(event));
      const all = sorted();
      queue.push({ type: 'snapshot', conversations: all.slice(0, windowSize), total: all.length });
      return queue;
    },
    list(before, limit) {
      const all = sorted();
      const start = before === null ? 0 : all.findIndex((conversation) => conversation.id === before) + 1;
      return { conversations: all.slice(start, start + limit), total: all.length };
    },
    watchThread(conversationId, signal) {
      const thread = find(conversationId);
      const queue = createAsyncQueue<ThreadEvent>({ signal, onEnd: () => end() });
      const end = threadChanged.listen((changed) => {
        if (changed.conversationId === conversationId) queue.push(changed.event);
      });
      queue.push(snapshot(thread));
      return queue;
    },
    earlier(beforeMessageId, limit) {
      const { thread, index } = findMessage(beforeMessageId);
      const start = Math.max(0, index - limit);
      return { messages: thread.messages.slice(start, index), hasEarlier: start > 0 };
    },
    create: (title) => change(add(title ?? 'New chat'), {}),
    suggestTitle: (conversationId, title) => void change(find(conversationId), { title }),
    rename: (conversationId, title) => change(find(conversationId), { title, updatedAt: now() }),
    pin: (conversationId, pinned) => change(find(conversationId), { pinned }),
    remove(conversationId) {
      const thread = find(conversationId);
      thread.removed = true;
      listChanged.emit({ type: 'removed', conversationId });
      announce(thread, { type: 'removed' });
    },
    restore(conversationId) {
      const thread = threads.get(conversationId);
      if (thread) thread.removed = false;
      return change(find(conversationId), {});
    },
    send({ requestId, conversationId, text, modelId, folderId }) {
      const known = sent.get(requestId);
      if (known) return known;
      const thread =
        conversationId === null
          ? add(text.slice(0, 60), folderId === undefined ? {} : { folderId })
          : find(conversationId);
      mustBeIdle(thread);
      const result = ask(thread, text, modelId);
      sent.set(requestId, result);
      return result;
    },
    stop(conversationId) {
      const { stop } = find(conversationId);
      stop?.();
      return stop !== undefined;
    },
    versions: (messageId) => [findMessage(messageId).message],
    regenerate(messageId, modelId) {
      const { thread, index } = findMessage(messageId);
      mustBeIdle(thread);
      const question = thread.messages[index - 1]?.text ?? '';
      thread.messages.length = index;
      announce(thread, snapshot(thread));
      return reply(thread, question, modelId);
    },
    continueReply(messageId) {
      const { thread, index } = findMessage(messageId);
      mustBeIdle(thread);
      return reply(thread, thread.messages[index - 1]?.text ?? '', thread.conversation.modelId);
    },
    edit({ messageId, text, modelId }) {
      const { thread, index } = findMessage(messageId);
      mustBeIdle(thread);
      thread.messages.length = index;
      announce(thread, snapshot(thread));
      return ask(thread, text, modelId);
    },
    selectVersion(messageId) {
      findMessage(messageId);
    },
    removeMessage(messageId) {
      const { thread, index } = findMessage(messageId);
      thread.messages.length = index;
      announce(thread, snapshot(thread));
    },
    restoreMessage(messageId) {
      findMessage(messageId);
    },
    runningConversation: () => undefined,
    refresh() {},
    search({ query, limit, cursor, filter }) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) return { hits: [], next: null };
      const holds = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
      const fits = (atMs: number): boolean =>
        (filter.fromMs === null || atMs >= filter.fromMs) && (filter.untilMs === null || atMs < filter.untilMs);
      const all: SearchHit[] = [];
      for (const conversation of sorted()) {
        const { title, updatedAt: atMs } = conversation;
        if (holds(title) && fits(atMs)) {
          all.push({ conversation, messageId: null, fileName: null, atMs, snippet: highlight(title, words) });
        }
        for (const { id, text, createdAt, model } of threads.get(conversation.id)?.messages ?? []) {
          if (!holds(text) || !fits(createdAt) || (filter.modelId !== null && filter.modelId !== model?.id)) continue;
          all.push({ conversation, messageId: id, fileName: null, atMs: createdAt, snippet: highlight(text, words) });
        }
      }
      const start = Number(cursor?.slice(1) ?? 0);
      const end = start + limit;
      return { hits: all.slice(start, end), next: end < all.length ? `:${end}` : null };
    },
    findInThread(conversationId, query) {
      const needle = query.toLowerCase();
      const matches = find(conversationId)
        .messages.map(({ id, text }) => ({ messageId: id, count: text.toLowerCase().split(needle).length - 1 }))
        .filter(({ count }) => needle !== '' && count > 0);
      return { matches, total: matches.reduce((sum, { count }) => sum + count, 0) };
    },
    reveal(messageId) {
      const { thread, index } = findMessage(messageId);
      return { conversationId: thread.conversation.id, below: thread.messages.length - 1 - index };
    },
    async [Symbol.asyncDispose]() {
      for (const thread of threads.values()) thread.stop?.();
    },
  };
}

function highlight(text: string, words: readonly string[]): SearchHit['snippet'] {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'i'))
    .filter((part) => part !== '')
    .map((part) => ({ text: part, match: words.includes(part.toLowerCase()) }));
}
