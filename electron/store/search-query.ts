import { sql } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { shortTermsOfWord } from './short-terms.ts';

export type SearchedTable = 'messages' | 'conversations';

/** Where candidates come from. The index names every text that may hold the words; only comparing makes it certain. */
export interface SearchSource {
  readonly index: `${SearchedTable}_${'text' | 'short'}`;
  /** An FTS5 expression. */
  readonly match: string;
}

interface Term {
  readonly index: SearchSource['index'];
  readonly text: string;
  /** Of all rows; estimated from the newest ones. */
  readonly share: number;
}

/** More pieces of a long word tell nothing new. */
const trigramLimit = 24;
const peekCount = 100;
/** Fewer candidates than this are compared sooner than another list is read through. */
const fewCandidates = 300;
const mostTerms = 6;

/**
 * Words of three characters and more are looked up by their trigrams, shorter ones as short terms; of all of them the
 * rarest, because reading the long list of a common one to its end costs more than comparing a few texts in vain.
 * Undefined when only comparing every text can tell, as for a single full stop.
 */
export function planSearch(
  database: Database,
  table: SearchedTable,
  words: readonly string[],
): SearchSource | undefined {
  const long = words.filter((word) => [...word].length > 2).flatMap(trigrams);
  const short = words.filter((word) => [...word].length <= 2).flatMap(shortTermsOfWord);
  const rows = newestRow(database, table);
  const terms = [
    ...[...new Set(long)].slice(0, trigramLimit).map((text) => estimate(database, `${table}_text`, text, rows)),
    ...[...new Set(short)].map((text) => estimate(database, `${table}_short`, text, rows)),
  ].toSorted((left, right) => left.share - right.share);
  const [rarest] = terms;
  if (rarest === undefined) return undefined;

  const chosen: Term[] = [];
  let expected = rows;
  for (const term of terms.filter(({ index }) => index === rarest.index)) {
    if (chosen.length === mostTerms || expected < fewCandidates) break;
    chosen.push(term);
    expected *= term.share;
  }
  return { index: rarest.index, match: (chosen.length > 0 ? chosen : [rarest]).map(quote).join(' AND ') };
}

/** Texts that may hold one of the words; undefined when none of them has three characters. */
export function matchAny(words: readonly string[]): string | undefined {
  const each = words
    .map((word) => trigrams(word).slice(0, trigramLimit))
    .filter((terms) => terms.length > 0)
    .map((terms) => `(${terms.map((text) => quote({ text })).join(' AND ')})`);
  return each.length === 0 ? undefined : each.join(' OR ');
}

function newestRow(database: Database, table: SearchedTable): number {
  const row = database.first(
    sql<{ newest: number | null }>`SELECT max(row_id) AS newest FROM ${sql.table(table)}`.compile(build),
  );
  return row?.newest ?? 0;
}

function estimate(database: Database, index: Term['index'], text: string, rows: number): Term {
  const newest = database.all(
    sql<{ rowid: number }>`SELECT rowid FROM ${sql.table(index)} WHERE ${sql.ref(index)} MATCH ${quote({ text })}
      ORDER BY rowid DESC LIMIT ${peekCount}`.compile(build),
  );
  // Fewer than asked for are all there are.
  const among = newest.length < peekCount ? rows : rows - (newest.at(-1)?.rowid ?? 0) + 1;
  return { index, text, share: newest.length / Math.max(1, among) };
}

function trigrams(word: string): string[] {
  const characters = [...word];
  return characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
}

function quote({ text }: { readonly text: string }): string {
  return `"${text.replaceAll('"', '""')}"`;
}
