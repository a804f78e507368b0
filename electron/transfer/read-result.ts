import type { ArchivedConversation } from '../../shared/contract/archive.ts';

/** Whose form a conversation had. */
export type ForeignFormat = 'clawdbot' | 'chatgpt' | 'claude' | 'openai';

/** What could not be taken over from a conversation that was read. */
export type LeftOut = 'attachments' | 'toolSteps' | 'messages';

export interface ReadConversation {
  readonly format: ForeignFormat;
  readonly conversation: ArchivedConversation;
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

/** Seconds or milliseconds since 1970, or a date in words of ISO 8601; `otherwise` for anything else. */
export function readTime(value: unknown, otherwise: number): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
    const atMs = value < 1e11 ? value * 1000 : value;
    return Number.isSafeInteger(Math.floor(atMs)) ? Math.floor(atMs) : otherwise;
  }
  if (typeof value === 'string') {
    const atMs = Date.parse(value);
    if (Number.isFinite(atMs) && atMs > 0) return atMs;
  }
  return otherwise;
}

/** A title in one line, as long as titles may be. */
export function readTitle(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
}

/** Adds to a count of what is left out. */
export function count(leftOut: Partial<Record<LeftOut, number>>, what: LeftOut, by = 1): void {
  if (by > 0) leftOut[what] = (leftOut[what] ?? 0) + by;
}
