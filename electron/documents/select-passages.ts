import type { DocumentStore, PassageRecord } from '../store/document-store.ts';
import { choosePassages } from './choose-passages.ts';
import type { PassageRequest, PassageSelection } from './documents.ts';
import { askedTerms } from './terms.ts';

/** No text has more characters a token than this, so longer documents need not be counted to see that they are too long. */
const mostCharactersPerToken = 8;
/** Ranked, of which few are given. */
const candidates = 40;
const mostPassages = 8;
/** A question with fewer words of its own goes on with the one before it. */
const tellingTerms = 3;

export interface SelectedPassages {
  readonly kind: PassageSelection['kind'];
  readonly passages: readonly PassageRecord[];
}

/** Whole documents where they fit, else the passages that fit the question best. */
export function selectPassages(
  store: DocumentStore,
  { documentIds, question, before, budgetTokens }: PassageRequest,
  sizes: {
    readonly charactersOf: (documentId: string) => number;
    readonly sizeTokens: (passage: PassageRecord) => number;
  },
): SelectedPassages {
  const { charactersOf, sizeTokens } = sizes;
  const characters = documentIds.reduce((sum, id) => sum + charactersOf(id), 0);
  if (characters <= budgetTokens * mostCharactersPerToken) {
    const all = documentIds.flatMap((id) => store.passages(id));
    if (all.reduce((sum, passage) => sum + sizeTokens(passage), 0) <= budgetTokens) {
      return { kind: all.length === 0 ? 'nothing' : 'whole', passages: all };
    }
  }
  const own = askedTerms(question);
  const terms = own.length < tellingTerms ? [...new Set([...own, ...askedTerms(before)])] : own;
  const passages = choosePassages({
    found: store.search(documentIds, terms, candidates),
    neighbours: ({ documentId, seq }) => store.passagesAt(documentId, [seq - 1, seq + 1]),
    sizeTokens,
    budgetTokens,
    limit: mostPassages,
  });
  return { kind: passages.length === 0 ? 'nothing' : 'found', passages };
}
