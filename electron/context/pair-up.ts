import type { OutlineEntry } from './branch-outline.ts';

/** Neighbouring messages of a branch: what was asked, and what was answered. */
export interface Exchange {
  /** Several when earlier ones were never answered. */
  readonly questions: readonly OutlineEntry[];
  /** Usually one; none while there is none. */
  readonly answers: readonly OutlineEntry[];
  /** Places in the branch, the end not included; they hold blank answers as well. */
  readonly from: number;
  readonly to: number;
}

/**
 * Whole exchanges, because many chat templates refuse two turns of the same side in a row. An answer of which nothing
 * was written says nothing and is left out; its question is then asked together with the next one.
 */
export function pairUp(branch: readonly OutlineEntry[]): Exchange[] {
  const exchanges: { questions: OutlineEntry[]; answers: OutlineEntry[]; from: number; to: number }[] = [];
  for (const [index, entry] of branch.entries()) {
    const current = exchanges.at(-1);
    if (entry.role === 'user' && (current === undefined || current.answers.length > 0)) {
      exchanges.push({ questions: [entry], answers: [], from: current?.to ?? 0, to: index + 1 });
      continue;
    }
    if (current === undefined) continue;
    if (entry.role === 'user') current.questions.push(entry);
    else if (!entry.blank) current.answers.push(entry);
    current.to = index + 1;
  }
  return exchanges;
}
