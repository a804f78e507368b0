import type { PassageInfo } from '../../../shared/contract/index.ts';
import { pageMark, type TaskLanguage } from './page-words.ts';

/** Fewer titles than this are no table of contents. */
const fewestTitles = 2;

/** Whether a document's own titles say what is in it. */
export function hasTitles(passages: readonly PassageInfo[]): boolean {
  return new Set(passages.flatMap(({ headings }) => headings)).size >= fewestTitles;
}

/** The titles of a document, nested as they are, each with the page on which it begins. Empty when it has none. */
export function outlineOf(passages: readonly PassageInfo[], { language }: { readonly language: TaskLanguage }): string {
  const named = passages.some(({ documentId }) => documentId !== passages[0]?.documentId);
  const documents = [...Map.groupBy(passages, ({ documentId }) => documentId).values()];
  return documents
    .map((own) => {
      const entries = entriesOf(own).map(
        ({ depth, title, place }) => `${'  '.repeat(depth)}- ${title} · ${pageMark(place, language)}`,
      );
      const name = named ? [`**${own[0]?.documentName ?? ''}**`, ''] : [];
      return entries.length === 0 ? '' : [...name, ...entries].join('\n');
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function entriesOf(passages: readonly PassageInfo[]): { depth: number; title: string; place: PassageInfo }[] {
  let above: readonly string[] = [];
  return passages.flatMap((passage) => {
    const from = passage.headings.findIndex((heading, depth) => above[depth] !== heading);
    above = passage.headings;
    if (from < 0) return [];
    return passage.headings.slice(from).map((title, index) => ({ depth: from + index, title, place: passage }));
  });
}
