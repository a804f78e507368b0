import type { FoundPassage, PassageRecord } from '../store/document-store.ts';

export interface PassageChoice {
  /** Best first. */
  readonly found: readonly FoundPassage[];
  /** What stands right before and after a passage, when there is something. */
  readonly neighbours: (passage: FoundPassage) => readonly PassageRecord[];
  /** About how many tokens a passage takes. */
  readonly sizeTokens: (passage: PassageRecord) => number;
  readonly budgetTokens: number;
  /** More do not help a model, and a person has to read them all to check an answer. */
  readonly limit: number;
}

/** One this short rarely says on its own what it is about. */
const shortChars = 240;

/**
 * What of the documents is given to a model for one question: the passages that fit it best, short ones together with
 * what stands around them, as many as the budget takes. In the order of the documents, as a reader would meet them.
 * Pure.
 */
export function choosePassages({ found, neighbours, sizeTokens, budgetTokens, limit }: PassageChoice): PassageRecord[] {
  const chosen = new Map<string, PassageRecord>();
  const order = new Map<string, number>();
  const texts = new Set<string>();
  let left = budgetTokens;
  const take = (passage: PassageRecord): boolean => {
    const key = keyOf(passage);
    if (chosen.has(key)) return true;
    // Standard clauses and repeated headers say nothing twice.
    const said = `${passage.documentId} ${passage.text.replaceAll(/\s+/gu, ' ').trim()}`;
    if (texts.has(said)) return false;
    const tokens = sizeTokens(passage);
    if (chosen.size >= limit || tokens > left) return false;
    chosen.set(key, passage);
    texts.add(said);
    left -= tokens;
    return true;
  };
  for (const passage of found) {
    if (!order.has(passage.documentId)) order.set(passage.documentId, order.size);
    if (!take(passage)) continue;
    if (passage.text.length < shortChars) for (const beside of neighbours(passage)) take(beside);
  }
  return [...chosen.values()].toSorted(
    (a, b) => (order.get(a.documentId) ?? 0) - (order.get(b.documentId) ?? 0) || a.seq - b.seq,
  );
}

function keyOf({ documentId, seq }: PassageRecord): string {
  return `${seq} ${documentId}`;
}
