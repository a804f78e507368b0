import type { TaskWork } from './task-work.ts';

type Window = Pick<TaskWork, 'contextTokens' | 'tokenScale'>;

/** Instructions, the marks of the chat, the person's words. */
const frameTokens = 220;
/** Longer pieces are read no faster, small models lose their middle, and the first progress comes late. */
const mostPieceTokens = 6000;
/** A translation is about as long as its source, and often half as long again. */
const translationShare = 2.6;
const mostTranslatedTokens = 1200;

export const roomTokens = {
  /** Of an extractive summary. */
  plain: 400,
  plainFacts: 600,
} as const;

/** What parts of a model's window are for, in estimated tokens. */
export const budgets = {
  /** Of a document that is read whole. */
  whole: (window: Window) => fit(window, answer(window)),
  piece: (window: Window) => fit(window, notes(window)),
  translated: (window: Window) =>
    Math.max(
      leastTokens,
      Math.min(mostTranslatedTokens, Math.floor(room(window, 0) / translationShare / window.tokenScale)),
    ),
  /** All notes that the last answer is written from. */
  notesRoom: (window: Window) => Math.max(leastTokens, room(window, answer(window))),
  notes,
  answer,
} as const;

/** Less cannot be made sense of. */
const leastTokens = 96;

function notes({ contextTokens }: Window): number {
  return Math.min(400, Math.floor(contextTokens / 5));
}

function answer({ contextTokens }: Window): number {
  return Math.min(900, Math.floor(contextTokens / 4));
}

function fit(window: Window, replyTokens: number): number {
  return Math.max(leastTokens, Math.min(mostPieceTokens, Math.floor(room(window, replyTokens) / window.tokenScale)));
}

function room({ contextTokens }: Window, replyTokens: number): number {
  return contextTokens - replyTokens - Math.min(frameTokens, Math.floor(contextTokens / 4));
}
