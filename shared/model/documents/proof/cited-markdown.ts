import { findCitations } from './find-citations.ts';

interface Cited {
  readonly list: readonly { readonly number: number }[];
  readonly marks: readonly { readonly type: string; readonly end: number; readonly number?: number }[] | null;
}

/** Numbers of the sources that an answer names, or that were found for it; in their order. */
export function citedNumbers(text: string, { list, marks }: Cited): number[] {
  const known = new Set(list.map(({ number }) => number));
  const named = findCitations(text).flatMap(({ numbers }) => numbers);
  const found = (marks ?? []).flatMap(({ type, number }) =>
    type === 'supported' && number !== undefined ? [number] : [],
  );
  return [...new Set([...named, ...found])].filter((number) => known.has(number)).toSorted((a, b) => a - b);
}

/** An answer as Markdown that stands alone: with the numbers of all its sources, and a list of them. */
export function citedMarkdown<Sources extends Cited>(
  text: string,
  sources: Sources,
  describe: (source: Sources['list'][number]) => string,
): string {
  const numbers = new Set(citedNumbers(text, sources));
  if (numbers.size === 0) return text;
  let marked = text;
  for (const { type, end, number } of (sources.marks ?? []).toReversed()) {
    if (type !== 'supported' || number === undefined) continue;
    marked = `${marked.slice(0, end)} [${number}]${marked.slice(end)}`;
  }
  const lines = sources.list
    .filter(({ number }) => numbers.has(number))
    .map((source) => `[${source.number}] ${describe(source)}`);
  return `${marked.trimEnd()}\n\n${lines.join('  \n')}`;
}
