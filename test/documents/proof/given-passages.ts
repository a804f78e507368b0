import { estimateTokens } from '../../../shared/model/estimate-tokens.ts';
import { selectPassages } from '../../../electron/documents/select-passages.ts';
import type { DocumentStore, FoundPassage, PassageRecord } from '../../../electron/store/document-store.ts';
import type { GivenPassage } from '../../../shared/model/documents/proof/given-passage.ts';

const budgetTokens = 2_000;

/** What a model would be given of what was found. */
export function givenPassages(
  store: DocumentStore,
  found: readonly FoundPassage[],
  names: ReadonlyMap<string, string>,
): GivenPassage[] {
  const sizeTokens = ({ heading, text }: PassageRecord): number => estimateTokens(`${heading} ${text}`) + 24;
  const { passages } = selectPassages(store, found, budgetTokens, { charactersOf: () => 1_000_000, sizeTokens });
  return passages.map(({ documentId, seq, page, heading, text }, index) => ({
    number: index + 1,
    documentId,
    documentName: names.get(documentId) ?? '',
    seq,
    page,
    headings: heading === '' ? [] : heading.split('\n'),
    text,
  }));
}
