import { askedTerms, termsOf } from './terms.ts';

interface NamedDocument {
  readonly id: string;
  readonly name: string;
}

/**
 * The documents that a question names: it holds a word of their name that is not in the name of every document. Pure.
 */
export function findNamedDocuments(documents: readonly NamedDocument[], question: string): string[] {
  if (documents.length < 2) return [];
  const asked = new Set(askedTerms(question));
  const names = documents.map(({ id, name }) => ({ id, terms: new Set(termsOf(name.replace(/\.[^.]{1,5}$/u, ''))) }));
  const isTelling = (term: string): boolean => asked.has(term) && !names.every(({ terms }) => terms.has(term));
  return names.filter(({ terms }) => [...terms].some(isTelling)).map(({ id }) => id);
}

/**
 * The same passages in an order in which each named document has one of its own in turn, twice at most, before the others
 * follow: of two contracts that are to be compared, one must not fill all the room. Pure.
 */
export function giveEachAChance<T extends { readonly documentId: string }>(
  ranked: readonly T[],
  documentIds: readonly string[],
): T[] {
  if (documentIds.length === 0) return [...ranked];
  const firsts = Array.from({ length: turns }, (_, turn) =>
    documentIds
      .flatMap((id) => ranked.filter(({ documentId }) => documentId === id).slice(turn, turn + 1))
      .toSorted((a, b) => ranked.indexOf(a) - ranked.indexOf(b)),
  ).flat();
  const taken = new Set(firsts);
  return [...firsts, ...ranked.filter((item) => !taken.has(item))];
}

const turns = 2;
