import type { ReplyStats, StoredError, TurnProgress } from '../../shared/contract/index.ts';
import type { EngineProgress } from '../engine/engine.ts';
import type { Outcome } from '../store/store.ts';

export interface TokenUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly replyTokens: number;
}

/** Every state of an answer; docs/TURN.md draws how they follow each other. */
export type TurnPhase = 'idle' | TurnProgress['phase'] | Outcome['state'];

export type DigestStep = Omit<Extract<TurnProgress, { phase: 'digesting' }>, 'phase'>;

interface OpenCall {
  readonly callId: string;
  readonly toolName: string;
  /** The person has not said yet whether it may be made. */
  readonly asksPermission: boolean;
}

/** Where the writing of one answer stands. */
export interface Turn {
  readonly phase: TurnPhase;
  readonly modelName: string;
  readonly startedAtMs: number;
  /** Of the answer or the thought before it. */
  readonly firstWordAtMs: number | null;
  /** The first and the last word of the thought, while it is the newest that was written. */
  readonly thinking: { readonly fromMs: number; readonly toMs: number } | null;
  /** Whether the answer holds any text, also from before it was continued. */
  readonly hasText: boolean;
  /** The first half of a character whose second half has not come yet. */
  readonly half: string;
  /** Earlier messages that were left out of the prompt. */
  readonly omittedMessages: number;
  /** Tools that were called and have not answered, in the order of the calls. */
  readonly calls: readonly OpenCall[];
  /** What it did last before it ended; null while it is idle. */
  readonly progress: TurnProgress | null;
}

export type TurnEvent =
  | { readonly type: 'asked'; readonly atMs: number }
  /** Which model answers is being chosen. */
  | { readonly type: 'routing' }
  | { readonly type: 'routed'; readonly modelName: string }
  | { readonly type: 'engine'; readonly progress: EngineProgress }
  /** The next part of a long document, also after words about the parts before it. */
  | ({ readonly type: 'digesting' } & DigestStep)
  | { readonly type: 'prompted'; readonly omittedMessages: number }
  | { readonly type: 'text'; readonly text: string; readonly atMs: number }
  | { readonly type: 'thought'; readonly text: string; readonly atMs: number }
  | { readonly type: 'toolCalled'; readonly callId: string; readonly toolName: string }
  | { readonly type: 'permissionNeeded'; readonly callId: string }
  | { readonly type: 'permissionAnswered'; readonly callId: string; readonly allowed: boolean }
  /** With a result or an error; both are for the model to read. */
  | { readonly type: 'toolAnswered'; readonly callId: string }
  | { readonly type: 'finished'; readonly usage: TokenUsage; readonly atMs: number }
  /** The model gave up without saying why. */
  | { readonly type: 'cut' }
  | { readonly type: 'failed'; readonly error: StoredError }
  /** The person ended it. */
  | { readonly type: 'stopped' }
  /** The app is about to close. */
  | { readonly type: 'closing' };

/**
 * What is to be done about an event, in this order. `enter` comes once for each change of state and is to be stored: before
 * it is shown by `progress`, or with the words it comes after. `end` comes once and last.
 */
export type TurnEffect =
  | { readonly type: 'enter'; readonly progress: TurnProgress }
  | { readonly type: 'append'; readonly text: string }
  | { readonly type: 'think'; readonly text: string }
  | { readonly type: 'thoughtFor'; readonly durationMs: number }
  | { readonly type: 'progress'; readonly progress: TurnProgress }
  | { readonly type: 'end'; readonly outcome: Outcome };

export interface TurnStep {
  readonly turn: Turn;
  readonly effects: readonly TurnEffect[];
}

export function createTurn(facts: { modelName: string; hasText: boolean }): Turn {
  return {
    ...facts,
    phase: 'idle',
    progress: null,
    startedAtMs: 0,
    calls: [],
    firstWordAtMs: null,
    thinking: null,
    half: '',
    omittedMessages: 0,
  };
}

/**
 * Pure. Events before the question and after the end change nothing: a model that was stopped may go on talking for a
 * moment.
 */
export function advanceTurn(turn: Turn, event: TurnEvent): TurnStep {
  if (isEnded(turn)) return nothing(turn);
  if (turn.phase === 'idle') return event.type === 'asked' ? ask(turn, event.atMs) : nothing(turn);
  switch (event.type) {
    case 'asked':
      return nothing(turn);
    case 'routing':
      return isBeforeWords(turn) ? show(turn, { phase: 'routing' }) : nothing(turn);
    case 'routed': {
      const routed = { ...turn, modelName: event.modelName };
      return turn.phase === 'routing' ? show(routed, { phase: 'starting' }) : nothing(turn);
    }
    case 'prompted':
      return nothing({ ...turn, omittedMessages: event.omittedMessages });
    case 'engine':
      return isBeforeWords(turn) ? show(turn, toProgress(event.progress, turn.modelName)) : nothing(turn);
    case 'digesting': {
      const { step, part, parts } = event;
      return turn.calls.length > 0 ? nothing(turn) : show(turn, { phase: 'digesting', step, part, parts });
    }
    case 'thought':
      return think(turn, event.text.toWellFormed(), event.atMs);
    case 'text':
      return write(turn, event.text, event.atMs);
    case 'toolCalled':
      return changeCalls(turn, openCall(turn.calls, event.callId, event.toolName));
    case 'permissionNeeded':
      return changeCalls(turn, markCall(turn.calls, event.callId, true));
    case 'permissionAnswered':
      return changeCalls(
        turn,
        event.allowed ? markCall(turn.calls, event.callId, false) : closeCall(turn.calls, event.callId),
      );
    case 'toolAnswered':
      return changeCalls(turn, closeCall(turn.calls, event.callId));
    case 'finished':
      return end(turn, { state: 'done', error: null, stats: measure(turn, event.usage, event.atMs) });
    case 'cut':
    case 'closing':
      return end(turn, { state: 'interrupted', error: null, stats: null });
    case 'stopped':
      return end(turn, { state: 'stopped', error: null, stats: null });
    case 'failed':
      return end(turn, { state: stateAfter(event.error, turn), error: event.error, stats: null });
  }
}

export function isEnded(turn: Turn): boolean {
  switch (turn.phase) {
    case 'done':
    case 'stopped':
    case 'interrupted':
    case 'failed':
      return true;
    case 'idle':
    case 'queued':
    case 'starting':
    case 'routing':
    case 'restarting':
    case 'growing':
    case 'loading':
    case 'reading':
    case 'digesting':
    case 'thinking':
    case 'answering':
    case 'callingTool':
    case 'waitingForPermission':
      return false;
  }
}

/**
 * Only there is what the engine does news: words speak for themselves, and tools are called without it. Between two parts
 * of a document nobody reads words that were not there before.
 */
function isBeforeWords({ phase }: Turn): boolean {
  switch (phase) {
    case 'queued':
    case 'starting':
    case 'routing':
    case 'restarting':
    case 'growing':
    case 'loading':
    case 'reading':
    case 'digesting':
      return true;
    case 'idle':
    case 'thinking':
    case 'answering':
    case 'callingTool':
    case 'waitingForPermission':
    case 'done':
    case 'stopped':
    case 'interrupted':
    case 'failed':
      return false;
  }
}

function nothing(turn: Turn): TurnStep {
  return { turn, effects: [] };
}

/** Without an effect: a reply that is stored as running and has entered nothing else is starting. */
function ask(turn: Turn, atMs: number): TurnStep {
  return nothing({ ...turn, phase: 'starting', progress: { phase: 'starting' }, startedAtMs: atMs });
}

function show(turn: Turn, progress: TurnProgress): TurnStep {
  const entered: TurnEffect[] = turn.phase === progress.phase ? [] : [{ type: 'enter', progress }];
  return { turn: { ...turn, phase: progress.phase, progress }, effects: [...entered, { type: 'progress', progress }] };
}

function openCall(calls: Turn['calls'], callId: string, toolName: string): Turn['calls'] {
  return calls.some((call) => call.callId === callId) ? calls : [...calls, { callId, toolName, asksPermission: false }];
}

function markCall(calls: Turn['calls'], callId: string, asksPermission: boolean): Turn['calls'] {
  const isNews = calls.some((call) => call.callId === callId && call.asksPermission !== asksPermission);
  return isNews ? calls.map((call) => (call.callId === callId ? { ...call, asksPermission } : call)) : calls;
}

function closeCall(calls: Turn['calls'], callId: string): Turn['calls'] {
  return calls.some((call) => call.callId === callId) ? calls.filter((call) => call.callId !== callId) : calls;
}

/** What the person has to decide comes first. After the last answer of a tool it is the model's turn again. */
function changeCalls(turn: Turn, calls: Turn['calls']): TurnStep {
  if (calls === turn.calls) return nothing(turn);
  const asking = calls.find(({ asksPermission }) => asksPermission);
  const [first] = calls;
  const changed = { ...turn, calls };
  if (asking !== undefined) return show(changed, { phase: 'waitingForPermission', toolName: asking.toolName });
  if (first !== undefined) return show(changed, { phase: 'callingTool', toolName: first.toolName });
  return show(changed, { phase: 'queued', ahead: 0 });
}

function think(turn: Turn, text: string, atMs: number): TurnStep {
  if (text === '') return nothing(turn);
  const effect: TurnEffect = { type: 'think', text };
  const thinking = { fromMs: turn.thinking?.fromMs ?? atMs, toMs: atMs };
  const thought = { ...turn, thinking, firstWordAtMs: turn.firstWordAtMs ?? atMs };
  if (turn.phase === 'thinking' || turn.calls.length > 0) return { turn: thought, effects: [effect] };
  const progress: TurnProgress = { phase: 'thinking' };
  return {
    turn: { ...thought, phase: 'thinking', progress },
    effects: [effect, { type: 'enter', progress }, { type: 'progress', progress }],
  };
}

function endOfThought({ thinking }: Turn, atMs: number): TurnEffect[] {
  return thinking ? [{ type: 'thoughtFor', durationMs: Math.max(0, Math.round(atMs - thinking.fromMs)) }] : [];
}

function write(turn: Turn, piece: string, atMs: number): TurnStep {
  const { text, half } = splitAtHalf(turn.half + piece);
  if (text === '') return nothing({ ...turn, half });
  const append: TurnEffect = { type: 'append', text };
  const written = { ...turn, half, hasText: true, thinking: null, firstWordAtMs: turn.firstWordAtMs ?? atMs };
  const effects = [...endOfThought(turn, atMs), append];
  if (turn.phase === 'answering' || turn.calls.length > 0) return { turn: written, effects };
  // The words themselves say that the answer has begun: an event of its own in front of them would only hold them up.
  const progress: TurnProgress = { phase: 'answering' };
  return { turn: { ...written, phase: 'answering', progress }, effects: [...effects, { type: 'enter', progress }] };
}

/** The database stores UTF-8, in which half a character cannot be written down. */
function splitAtHalf(text: string): { text: string; half: string } {
  const last = text.charCodeAt(text.length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  const whole = isHalf ? text.slice(0, -1) : text;
  return { text: whole.toWellFormed(), half: isHalf ? text.slice(-1) : '' };
}

function end(turn: Turn, outcome: Outcome): TurnStep {
  const rest: TurnEffect[] = turn.half === '' ? [] : [{ type: 'append', text: turn.half.toWellFormed() }];
  const thought = turn.thinking === null ? [] : endOfThought(turn, turn.thinking.toMs);
  const ended: Turn = { ...turn, phase: outcome.state, half: '', thinking: null, calls: [] };
  return { turn: ended, effects: [...thought, ...rest, { type: 'end', outcome }] };
}

/** An engine that dies in mid-answer cuts it off, and so does a cancellation that nobody asked for. */
function stateAfter(error: StoredError, turn: Turn): Outcome['state'] {
  if (error.code === 'CANCELLED') return 'interrupted';
  const hasWords = turn.hasText || turn.thinking !== null;
  return error.code === 'ENGINE_CRASHED' && hasWords ? 'interrupted' : 'failed';
}

function toProgress(progress: EngineProgress, modelName: string): TurnProgress {
  switch (progress.phase) {
    case 'restarting':
      return { phase: 'restarting' };
    case 'growing':
      return { phase: 'growing', contextTokens: progress.contextTokens };
    case 'queued':
      return { phase: 'queued', ahead: progress.ahead };
    case 'loading':
      return { phase: 'loading', modelName, fraction: Math.min(1, Math.max(0, progress.fraction)) };
    case 'reading':
      return { phase: 'reading', readTokens: progress.readTokens, totalTokens: progress.totalTokens };
  }
}

function measure(turn: Turn, usage: TokenUsage, atMs: number): ReplyStats {
  const firstWordAtMs = turn.firstWordAtMs ?? atMs;
  // The first token ends the reading; only the ones after it were written in the time between.
  const writingMs = Math.max(1, atMs - firstWordAtMs);
  const tokensPerSecond = usage.replyTokens > 1 ? ((usage.replyTokens - 1) * 1000) / writingMs : 0;
  return {
    ...usage,
    firstWordMs: Math.max(0, firstWordAtMs - turn.startedAtMs),
    tokensPerSecond,
    omittedMessages: turn.omittedMessages,
  };
}
