import type { PassageInfo } from '../../../shared/contract/index.ts';
import { pageMark, type Place } from './page-words.ts';
import type { TaskWork } from './task-work.ts';

/** Fewer titles than this are no table of contents. */
const fewestTitles = 2;

interface Entry {
  readonly depth: number;
  readonly title: string;
  readonly place: Place;
}

/** Whether a document's own table of contents or titles say what is in it. `passages` are those of one document. */
export function hasTitles(passages: readonly PassageInfo[], work: Pick<TaskWork, 'contents'>): boolean {
  if (bookmarksOf(passages, work).length >= fewestTitles) return true;
  return new Set(passages.flatMap(({ headings }) => headings)).size >= fewestTitles;
}

/**
 * The table of contents that a document brings along, or else its titles, nested as they are, each with the page on which
 * it begins. Empty when it has none.
 */
export function outlineOf(passages: readonly PassageInfo[], work: Pick<TaskWork, 'language' | 'contents'>): string {
  const named = passages.some(({ documentId }) => documentId !== passages[0]?.documentId);
  const documents = [...Map.groupBy(passages, ({ documentId }) => documentId).values()];
  return documents
    .map((own) => {
      const bookmarks = bookmarksOf(own, work);
      const entries = (bookmarks.length >= fewestTitles ? bookmarks : entriesOf(own)).map(
        ({ depth, title, place }) => `${'  '.repeat(depth)}- ${title} · ${pageMark(place, work.language)}`,
      );
      const name = named ? [`**${own[0]?.documentName ?? ''}**`, ''] : [];
      return entries.length === 0 ? '' : [...name, ...entries].join('\n');
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function bookmarksOf(passages: readonly PassageInfo[], { contents }: Pick<TaskWork, 'contents'>): Entry[] {
  const [first] = passages;
  if (first === undefined) return [];
  return (contents?.get(first.documentId) ?? []).flatMap(({ number, unit, label, bookmarks = [] }) => {
    const place = {
      documentName: first.documentName,
      page: number,
      unit,
      ...(label === null ? {} : { pageLabel: label }),
    };
    return bookmarks.map(({ depth, title }) => ({ depth, title, place }));
  });
}

function entriesOf(passages: readonly PassageInfo[]): Entry[] {
  let above: readonly string[] = [];
  return passages.flatMap((passage) => {
    const from = passage.headings.findIndex((heading, depth) => above[depth] !== heading);
    above = passage.headings;
    if (from < 0) return [];
    return passage.headings.slice(from).map((title, index) => ({ depth: from + index, title, place: passage }));
  });
}
