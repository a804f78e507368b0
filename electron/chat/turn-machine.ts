import type { ReplyStats, StoredError, TurnProgress } from '../../shared/contract/index.ts';
import type { EngineProgress } from '../engine/engine.ts';
import type { Outcome } from '../store/store.ts';

export interface TokenUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly replyTokens: number;
}

/** Where the writing of one answer stands. */
export interface Turn {
  readonly phase: TurnProgress['phase'] | Outcome['state'];
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
  readonly progress: TurnProgress;
}

export type TurnEvent =
  | { readonly type: 'engine'; readonly progress: EngineProgress }
  | { readonly type: 'prompted'; readonly omittedMessages: number }
  | { readonly type: 'text'; readonly text: string; readonly atMs: number }
  | { readonly type: 'thought'; readonly text: string; readonly atMs: number }
  | { readonly type: 'finished'; readonly usage: TokenUsage; readonly atMs: number }
  /** The model gave up without saying why. */
  | { readonly type: 'cut' }
  | { readonly type: 'failed'; readonly error: StoredError }
  /** The person ended it. */
  | { readonly type: 'stopped' }
  /** The app is about to close. */
  | { readonly type: 'closing' };

/** What is to be done about an event, in this order. `end` comes once and last. */
export type TurnEffect =
  | { readonly type: 'append'; readonly text: string }
  | { readonly type: 'think'; readonly text: string }
  | { readonly type: 'thoughtFor'; readonly durationMs: number }
  | { readonly type: 'progress'; readonly progress: TurnProgress }
  | { readonly type: 'end'; readonly outcome: Outcome };

export interface TurnStep {
  readonly turn: Turn;
  readonly effects: readonly TurnEffect[];
}

export function beginTurn(facts: { modelName: string; startedAtMs: number; hasText: boolean }): Turn {
  return {
    ...facts,
    phase: 'starting',
    progress: { phase: 'starting' },
    firstWordAtMs: null,
    thinking: null,
    half: '',
    omittedMessages: 0,
  };
}

/** Pure. Events after the end change nothing: a model that was stopped may go on talking for a moment. */
export function advanceTurn(turn: Turn, event: TurnEvent): TurnStep {
  if (isEnded(turn)) return { turn, effects: [] };
  switch (event.type) {
    case 'prompted':
      return { turn: { ...turn, omittedMessages: event.omittedMessages }, effects: [] };
    case 'engine':
      return turn.phase === 'answering' || turn.phase === 'thinking'
        ? { turn, effects: [] }
        : show(turn, toProgress(event.progress, turn.modelName));
    case 'thought':
      return think(turn, event.text.toWellFormed(), event.atMs);
    case 'text':
      return write(turn, event.text, event.atMs);
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
    case 'queued':
    case 'starting':
    case 'restarting':
    case 'loading':
    case 'reading':
    case 'thinking':
    case 'answering':
      return false;
  }
}

function show(turn: Turn, progress: TurnProgress): TurnStep {
  return { turn: { ...turn, phase: progress.phase, progress }, effects: [{ type: 'progress', progress }] };
}

function think(turn: Turn, text: string, atMs: number): TurnStep {
  if (text === '') return { turn, effects: [] };
  const effect: TurnEffect = { type: 'think', text };
  const thinking = { fromMs: turn.thinking?.fromMs ?? atMs, toMs: atMs };
  const thought = { ...turn, thinking, firstWordAtMs: turn.firstWordAtMs ?? atMs };
  if (turn.phase === 'thinking') return { turn: thought, effects: [effect] };
  const shown = show(thought, { phase: 'thinking' });
  return { turn: shown.turn, effects: [...shown.effects, effect] };
}

function endOfThought({ thinking }: Turn, atMs: number): TurnEffect[] {
  return thinking ? [{ type: 'thoughtFor', durationMs: Math.max(0, Math.round(atMs - thinking.fromMs)) }] : [];
}

function write(turn: Turn, piece: string, atMs: number): TurnStep {
  const { text, half } = splitAtHalf(turn.half + piece);
  if (text === '') return { turn: { ...turn, half }, effects: [] };
  const append: TurnEffect = { type: 'append', text };
  const written = { ...turn, half, hasText: true, thinking: null, firstWordAtMs: turn.firstWordAtMs ?? atMs };
  // The words themselves say that the answer has begun: an event of its own in front of them would only hold them up.
  const answering: Turn = { ...written, phase: 'answering', progress: { phase: 'answering' } };
  return { turn: answering, effects: [...endOfThought(turn, atMs), append] };
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
  const ended = { ...turn, phase: outcome.state, half: '', thinking: null };
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
