import type { DocumentStore, FoundPassage, PassageRecord } from '../store/document-store.ts';
import { choosePassages } from './choose-passages.ts';
import type { PassageSelection } from './documents.ts';

/** No text has more characters a token than this, so longer documents need not be counted to see that they are too long. */
const mostCharactersPerToken = 8;
const mostPassages = 8;

export interface SelectedPassages {
  readonly kind: PassageSelection['kind'];
  readonly passages: readonly PassageRecord[];
}

export interface PassageSizes {
  readonly charactersOf: (documentId: string) => number;
  readonly sizeTokens: (passage: PassageRecord) => number;
}

/** Everything there is in the documents, where it fits. */
export function tryWhole(
  store: DocumentStore,
  documentIds: readonly string[],
  budgetTokens: number,
  { charactersOf, sizeTokens }: PassageSizes,
): PassageRecord[] | undefined {
  const characters = documentIds.reduce((sum, id) => sum + charactersOf(id), 0);
  if (characters > budgetTokens * mostCharactersPerToken) return undefined;
  const all = documentIds.flatMap((id) => store.passages(id));
  return all.reduce((sum, passage) => sum + sizeTokens(passage), 0) <= budgetTokens ? all : undefined;
}

/** The passages that fit the question best. */
export function selectPassages(
  store: DocumentStore,
  found: readonly FoundPassage[],
  budgetTokens: number,
  { sizeTokens }: PassageSizes,
): SelectedPassages {
  const passages = choosePassages({
    found,
    neighbours: ({ documentId, seq }) => store.passagesAt(documentId, [seq - 1, seq + 1]),
    sizeTokens,
    budgetTokens,
    limit: mostPassages,
  });
  return { kind: passages.length === 0 ? 'nothing' : 'found', passages };
}
