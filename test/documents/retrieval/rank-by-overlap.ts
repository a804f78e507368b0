import { textsOf, type FoundPassage, type SourceDocument } from './question-set.ts';

interface BlockPassage extends FoundPassage {
  readonly terms: ReadonlySet<string>;
}

/** Every block as a passage of its own, in the order of reading. */
export function passagesOf(documents: readonly SourceDocument[]): BlockPassage[] {
  return documents.flatMap(({ id, pages }) =>
    pages.flatMap(({ blocks }, index) =>
      blocks.map((block) => {
        const text = textsOf(block).join(' | ');
        return { documentId: id, firstPage: index + 1, lastPage: index + 1, text, terms: termsOf(text) };
      }),
    ),
  );
}

/** Those that share most terms with the question first, of equals the earlier: what retrieval has to beat. */
export function rankByOverlap(passages: readonly BlockPassage[], question: string): FoundPassage[] {
  const wanted = [...termsOf(question)];
  return passages
    .map((passage) => ({ passage, shared: wanted.filter((term) => passage.terms.has(term)).length }))
    .toSorted((one, other) => other.shared - one.shared)
    .map(({ passage }) => passage);
}

/** Words in small letters, and of Chinese each pair of characters. */
function termsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? [];
  return new Set(words.flatMap((word) => (/\p{Script=Han}/u.test(word) ? pairsOf(word) : [word])));
}

function pairsOf(run: string): string[] {
  return [...run].flatMap((character, index, all) => {
    const next = all[index + 1];
    return next === undefined ? [] : [`${character}${next}`];
  });
}
