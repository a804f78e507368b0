import { createAsyncQueue } from '../../../electron/lib/async-queue.ts';
import type { Chat, Reply } from '../../../electron/chat/chat.ts';
import type { Conversation, Message, ThreadEvent, TurnProgress } from '../../../shared/contract/index.ts';
import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { createFakeChat } from '../../fakes/fake-chat.ts';
import { createFakeContext, type FakeContext } from '../../fakes/fake-context.ts';

export interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** One conversation whose every event the test decides, and a record of what the view asked for. */
export interface ScriptedChat {
  readonly chat: Chat;
  /** What is summarised of it. */
  readonly context: FakeContext;
  readonly calls: readonly Call[];
  readonly conversation: Conversation;
  messages: Message[];
  progress: TurnProgress | null;
  /** How many of the newest messages a snapshot holds. */
  window: number;
  /** The next call of that name fails with this. */
  failNext(name: string, error: Error): void;
  emit(event: ThreadEvent): void;
  /** Adds or replaces a message and tells the view. */
  put(message: Message): void;
  /** Adds to the text of a message and tells the view. */
  write(messageId: string, text: string): void;
  snapshot(): void;
  /** What a question is followed by; left out, it stays unanswered. */
  onAsked: ((answer: Message, question: Message) => void) | undefined;
}

export function createScriptedChat(texts: readonly string[] = []): ScriptedChat {
  const fake = createFakeChat();
  const conversation: Conversation = {
    id: 'c1',
    title: 'Scripted',
    createdAt: 1,
    updatedAt: 1,
    pinned: false,
    modelId: null,
    running: false,
  };
  const queues = new Set<ReturnType<typeof createAsyncQueue<ThreadEvent>>>();
  const failures = new Map<string, Error>();
  const calls: Call[] = [];
  const answered = new Map<string, Reply & { messageId: string }>();
  let count = 0;

  const record = (name: string, input: unknown): void => {
    calls.push({ name, input });
    const failure = failures.get(name);
    failures.delete(name);
    if (failure) throw failure;
  };
  const emit = (event: ThreadEvent): void => {
    for (const queue of queues) queue.push(event);
  };
  const present = (): ThreadEvent => ({
    type: 'snapshot',
    conversation,
    messages: script.messages.slice(-script.window),
    hasEarlier: script.messages.length > script.window,
    progress: script.progress,
  });
  const next = (fields: Partial<Message>): Message =>
    createMessage({ id: `m${(count += 1)}`, parentId: script.messages.at(-1)?.id ?? null, ...fields });

  const begin = (answer: Message, question: Message): Reply => {
    script.put(answer);
    script.onAsked?.(answer, question);
    return { conversationId: conversation.id, replyId: answer.id };
  };

  const chat: Chat = {
    ...fake,
    watchThread(conversationId, signal) {
      record('watchThread', conversationId);
      if (conversationId !== conversation.id) {
        throw new ClawdbotError('CONVERSATION_NOT_FOUND', 'This conversation is gone.', { conversationId });
      }
      const queue = createAsyncQueue<ThreadEvent>({ signal, onEnd: () => queues.delete(queue) });
      queues.add(queue);
      queue.push(present());
      return queue;
    },
    earlier(beforeMessageId, limit) {
      record('earlier', { beforeMessageId, limit });
      const at = script.messages.findIndex((message) => message.id === beforeMessageId);
      const start = Math.max(0, at - limit);
      return { messages: script.messages.slice(start, at), hasEarlier: start > 0 };
    },
    reveal(messageId) {
      const at = script.messages.findIndex((message) => message.id === messageId);
      return { conversationId: conversation.id, below: script.messages.length - 1 - at };
    },
    send(input) {
      record('send', input);
      const known = answered.get(input.requestId);
      if (known) return known;
      const question = next({ role: 'user', text: input.text });
      script.put(question);
      const reply = { ...begin(next({ role: 'assistant', state: 'running' }), question), messageId: question.id };
      answered.set(input.requestId, reply);
      return reply;
    },
    stop(conversationId) {
      record('stop', conversationId);
      const running = script.messages.findLast((message) => message.state === 'running');
      if (running) script.put({ ...running, state: 'stopped' });
      return running !== undefined;
    },
    regenerate(messageId, modelId) {
      record('regenerate', { messageId, modelId });
      const at = script.messages.findIndex((message) => message.id === messageId);
      const question = script.messages[at - 1] ?? createMessage({});
      script.messages = script.messages.slice(0, at);
      script.snapshot();
      return begin(next({ role: 'assistant', state: 'running', version: { index: 1, count: 2 } }), question);
    },
    continueReply(messageId) {
      record('continueReply', messageId);
      const message = script.messages.find(({ id }) => id === messageId);
      if (message) script.put({ ...message, state: 'running', error: null });
      return { conversationId: conversation.id, replyId: messageId };
    },
    edit({ messageId, text, ...rest }) {
      record('edit', { messageId, text, ...rest });
      const at = script.messages.findIndex((message) => message.id === messageId);
      const question = next({
        role: 'user',
        text,
        version: { index: 1, count: 2 },
        parentId: script.messages[at - 1]?.id ?? null,
      });
      script.messages = [...script.messages.slice(0, at), question];
      script.snapshot();
      return { ...begin(next({ role: 'assistant', state: 'running' }), question), messageId: question.id };
    },
    selectVersion: (messageId, index) => record('selectVersion', { messageId, index }),
    removeMessage(messageId) {
      record('removeMessage', messageId);
      removed = script.messages;
      const at = script.messages.findIndex((message) => message.id === messageId);
      script.messages = script.messages.slice(0, at);
      script.snapshot();
    },
    restoreMessage(messageId) {
      record('restoreMessage', messageId);
      script.messages = removed;
      script.snapshot();
    },
    restore(conversationId) {
      record('restore', conversationId);
      return conversation;
    },
  };
  let removed: Message[] = [];

  const script: ScriptedChat = {
    chat,
    context: createFakeContext(),
    calls,
    conversation,
    messages: [],
    progress: null,
    window: 50,
    onAsked: undefined,
    emit,
    failNext: (name, error) => void failures.set(name, error),
    snapshot: () => emit(present()),
    put(message) {
      const at = script.messages.findIndex(({ id }) => id === message.id);
      script.messages = at < 0 ? [...script.messages, message] : script.messages.with(at, message);
      emit({ type: 'message', message });
    },
    write(messageId, text) {
      const at = script.messages.findIndex(({ id }) => id === messageId);
      const message = script.messages[at];
      if (!message) throw new RangeError(`No message ${messageId}`);
      script.messages = script.messages.with(at, { ...message, text: message.text + text });
      emit({
        type: 'delta',
        messageId,
        offset: message.text.length,
        text,
        sentAtMs: performance.timeOrigin + performance.now(),
      });
    },
  };
  for (const [index, text] of texts.entries()) {
    script.messages.push(next({ role: index % 2 === 0 ? 'user' : 'assistant', text }));
  }
  return script;
}

export function createMessage(fields: Partial<Message>): Message {
  return {
    id: 'm',
    conversationId: 'c1',
    parentId: null,
    role: 'user',
    text: '',
    thought: null,
    state: 'done',
    createdAt: 1,
    model: fields.role === 'assistant' ? { id: 'qwen', name: 'Qwen 3 8B' } : null,
    error: null,
    stats: null,
    version: { index: 0, count: 1 },
    ...fields,
  };
}
