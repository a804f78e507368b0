import type { Message } from '../../shared/contract/index.ts';

/**
 * A question on its way to the core, and the place its answer will take: shown from the moment it is sent, under ids of
 * their own. Each of the two leaves when the stored message is there and takes its place on the screen.
 */
export interface Asking {
  /** What the question follows; null at the beginning of a conversation. */
  readonly parentId: string | null;
  /** Null once the stored one is there. */
  readonly question: Message | null;
  /** The stored question's id, once it is known. */
  readonly questionId: string | null;
  readonly reply: Message;
}

export interface Shown {
  readonly asking: Asking | null;
  /** For stored messages that took such a place: the id under which they were shown first. */
  readonly places: ReadonlyMap<string, string>;
}

let asked = 0;

export function beginAsking(text: string, parentId: string | null): Asking {
  asked += 1;
  const common = {
    conversationId: '',
    createdAt: Date.now(),
    thought: null,
    model: null,
    error: null,
    stats: null,
    version: { index: 0, count: 1 },
  };
  const question: Message = {
    ...common,
    id: `asked question ${asked}`,
    parentId,
    role: 'user',
    text,
    state: 'done',
  };
  const reply: Message = {
    ...common,
    id: `asked reply ${asked}`,
    parentId: question.id,
    role: 'assistant',
    text: '',
    state: 'running',
  };
  return { parentId, question, questionId: null, reply };
}

/** The stored messages take the places of what was shown for them. */
export function takePlaces(shown: Shown, messages: readonly Message[]): Shown {
  let { asking, places } = shown;
  for (const message of messages) {
    if (asking === null) break;
    const { question, reply } = asking;
    if (question !== null) {
      if (message.role !== 'user' || message.parentId !== asking.parentId) continue;
      places = new Map(places).set(message.id, question.id);
      asking = { ...asking, question: null, questionId: message.id };
    } else if (message.role === 'assistant' && message.parentId === asking.questionId) {
      places = new Map(places).set(message.id, reply.id);
      asking = null;
    }
  }
  return { asking, places };
}
