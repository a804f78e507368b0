import type { Conversation, Message, ThreadEvent, TurnProgress } from '../../shared/contract/index.ts';
import { beginAsking, takePlaces, type Shown } from './asking.ts';

/** What one open conversation shows. Changed only by the functions below, which never touch what they are given. */
export interface ThreadState extends Shown {
  /** `loading` until the first snapshot. */
  readonly phase: 'loading' | 'ready' | 'removed';
  readonly conversation: Conversation | null;
  /** The loaded end of the active branch, oldest first. A message that did not change stays the same object. */
  readonly messages: readonly Message[];
  readonly hasEarlier: boolean;
  readonly progress: { readonly messageId: string; readonly progress: TurnProgress } | null;
  /** The messages grew at their beginning; the view then keeps its distance from the end. */
  readonly prepended: boolean;
  /** An event was missed: what follows cannot be trusted, and only a new snapshot helps. */
  readonly outOfStep: boolean;
}

export type DeltaEvent = Extract<ThreadEvent, { type: 'delta' }>;
type ThoughtEvent = Extract<ThreadEvent, { type: 'thought' }>;
type Snapshot = Extract<ThreadEvent, { type: 'snapshot' }>;

export const emptyThread: ThreadState = {
  phase: 'loading',
  conversation: null,
  messages: [],
  hasEarlier: false,
  progress: null,
  prepended: false,
  outOfStep: false,
  asking: null,
  places: new Map(),
};

/** The same result as applying them one by one, with one copy of the list for a run of deltas. */
export function applyThreadEvents(state: ThreadState, events: readonly ThreadEvent[]): ThreadState {
  return mergeDeltas(events).reduce(applyThreadEvent, state);
}

export function applyThreadEvent(state: ThreadState, event: ThreadEvent): ThreadState {
  switch (event.type) {
    case 'snapshot':
      return applySnapshot(state, event);
    case 'message':
      return { ...applyMessage(state, event.message), ...takePlaces(state, [event.message]) };
    case 'delta':
      return applyDelta(state, event);
    case 'thought':
      return applyThought(state, event);
    case 'progress':
      return { ...state, progress: { messageId: event.messageId, progress: event.progress } };
    case 'conversation':
      return { ...state, conversation: event.conversation };
    case 'removed':
      return { ...state, phase: 'removed', messages: [], hasEarlier: false, progress: null };
  }
}

/** Shows a question from the moment it is sent. Nothing changes where the end of the thread is not known yet. */
export function applyAsking(state: ThreadState, text: string): ThreadState {
  if (state.phase !== 'ready') return state;
  return { ...state, asking: beginAsking(text, state.messages.at(-1)?.id ?? null), prepended: false };
}

/** What the view shows: the stored messages, and a question on its way. */
export function shownMessages({ messages, asking }: Pick<ThreadState, 'messages' | 'asking'>): readonly Message[] {
  if (asking === null) return messages;
  return asking.question === null ? [...messages, asking.reply] : [...messages, asking.question, asking.reply];
}

/** A page of older messages; dropped when the list no longer begins where the page was asked for. */
export function applyEarlier(
  state: ThreadState,
  beforeMessageId: string,
  page: { readonly messages: readonly Message[]; readonly hasEarlier: boolean },
): ThreadState {
  if (state.messages[0]?.id !== beforeMessageId) return state;
  const known = new Set(state.messages.map((message) => message.id));
  const older = page.messages.filter((message) => !known.has(message.id));
  return { ...state, messages: [...older, ...state.messages], hasEarlier: page.hasEarlier, prepended: true };
}

/** The answer that is being written, if any; it is always at the end. */
export function runningMessage(state: ThreadState): Message | undefined {
  return state.messages.findLast((message) => message.state === 'running');
}

function applySnapshot(state: ThreadState, snapshot: Snapshot): ThreadState {
  const known = new Map(state.messages.map((message) => [message.id, message]));
  const fresh = snapshot.messages.map((message) => {
    const old = known.get(message.id);
    return old !== undefined && isSame(old, message) ? old : message;
  });
  const kept = keptBefore(state.messages, fresh[0], snapshot.hasEarlier);
  const running = fresh.findLast((message) => message.state === 'running');
  return {
    phase: 'ready',
    conversation: snapshot.conversation,
    messages: kept.length > 0 ? [...kept, ...fresh] : fresh,
    hasEarlier: kept.length > 0 ? state.hasEarlier : snapshot.hasEarlier,
    progress: snapshot.progress && running ? { messageId: running.id, progress: snapshot.progress } : null,
    prepended: false,
    outOfStep: false,
    ...takePlaces(state, fresh),
  };
}

/** A snapshot holds the newest part only. Pages that were loaded before it stay, so that a reader up there stays too. */
function keptBefore(messages: readonly Message[], first: Message | undefined, hasEarlier: boolean): readonly Message[] {
  if (first === undefined || !hasEarlier) return [];
  const at = messages.findIndex((message) => message.id === first.id);
  const before = messages[at - 1];
  return before !== undefined && before.id === first.parentId ? messages.slice(0, at) : [];
}

function applyMessage(state: ThreadState, message: Message): ThreadState {
  const progress = message.state !== 'running' && state.progress?.messageId === message.id ? null : state.progress;
  const at = state.messages.findLastIndex((known) => known.id === message.id);
  if (at >= 0) return { ...state, messages: state.messages.with(at, message), progress, prepended: false };

  if (message.parentId === null) {
    return { ...state, messages: [message], hasEarlier: false, progress, prepended: false };
  }
  // A new version takes the place of its sibling and of everything that followed it.
  const parentAt = state.messages.findLastIndex((known) => known.id === message.parentId);
  if (parentAt < 0) return { ...state, outOfStep: true };
  return { ...state, messages: [...state.messages.slice(0, parentAt + 1), message], progress, prepended: false };
}

function applyDelta(state: ThreadState, delta: DeltaEvent): ThreadState {
  const at = state.messages.findLastIndex((message) => message.id === delta.messageId);
  const message = state.messages[at];
  // The last words of an answer that is no longer on this branch.
  if (message === undefined) return state;
  const overlap = message.text.length - delta.offset;
  if (overlap < 0) return { ...state, outOfStep: true };
  const known = delta.text.slice(0, overlap);
  if (!message.text.startsWith(known, delta.offset)) return { ...state, outOfStep: true };
  if (known.length === delta.text.length) return state;
  return {
    ...state,
    messages: state.messages.with(at, { ...message, text: message.text + delta.text.slice(overlap) }),
    progress: answering(state.progress, delta.messageId),
    prepended: false,
  };
}

function applyThought(state: ThreadState, piece: ThoughtEvent): ThreadState {
  const at = state.messages.findLastIndex((message) => message.id === piece.messageId);
  const message = state.messages[at];
  if (message === undefined) return state;
  const known = message.thought?.text ?? '';
  const overlap = known.length - piece.offset;
  if (overlap < 0) return { ...state, outOfStep: true };
  if (overlap >= piece.text.length) return state;
  const thought = { text: known + piece.text.slice(overlap), durationMs: message.thought?.durationMs ?? null };
  return { ...state, messages: state.messages.with(at, { ...message, thought }), prepended: false };
}

function answering(progress: ThreadState['progress'], messageId: string): ThreadState['progress'] {
  if (progress?.messageId === messageId && progress.progress.phase === 'answering') return progress;
  return { messageId, progress: { phase: 'answering' } };
}

export function mergeDeltas(events: readonly ThreadEvent[]): ThreadEvent[] {
  const merged: ThreadEvent[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    if (
      (event.type === 'delta' || event.type === 'thought') &&
      last?.type === event.type &&
      last.messageId === event.messageId &&
      last.offset + last.text.length === event.offset
    ) {
      merged[merged.length - 1] = { ...event, offset: last.offset, text: last.text + event.text };
    } else {
      merged.push(event);
    }
  }
  return merged;
}

function isSame(left: Message, right: Message): boolean {
  return left.text === right.text && JSON.stringify({ ...left, text: '' }) === JSON.stringify({ ...right, text: '' });
}
