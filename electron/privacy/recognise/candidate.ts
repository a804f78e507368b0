import type { PersonalKind } from '../../../shared/model/privacy/personal-kinds.ts';
import type { NumberRun } from './number-runs.ts';

/** A finding in the normalised text, before it is weighed against others. */
export interface Candidate {
  readonly kind: PersonalKind;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** What a recogniser reads: the normalised text, and its numbers, found once for all. */
export interface ReadText {
  readonly text: string;
  readonly runs: readonly NumberRun[];
}

/**
 * Finds one kind of personal data, after the model of Presidio (https://microsoft.github.io/presidio/): a pattern, words
 * around it, a check, and a score from these. Takes time linear in the length of the text, whatever the text.
 */
export type Recogniser = (read: ReadText) => Candidate[];

/** Whether one of the words stands close before (60 characters) or right behind (24). */
export function hasContext(text: string, { start, end }: { start: number; end: number }, words: RegExp): boolean {
  return words.test(text.slice(Math.max(0, start - 60), start)) || words.test(text.slice(end, end + 24));
}

/** All matches of a pattern with the `g` flag, as stretches. With a group `value`, and the `d` flag, that is the stretch. */
export function* stretchesOf(pattern: RegExp, text: string): Generator<{ text: string; start: number; end: number }> {
  for (const match of text.matchAll(pattern)) {
    const value = match.indices?.groups?.['value'];
    const [start, end] = value ?? [match.index, match.index + match[0].length];
    yield { text: text.slice(start, end), start, end };
  }
}
