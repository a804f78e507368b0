import { sql } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';

/** How words are looked for: those the text index can answer, and those that every row is compared with. */
export interface SearchQuery {
  /** An FTS5 expression; undefined when no word is long enough for the index. */
  readonly match: string | undefined;
  /** LIKE patterns with `\` as the escape character. */
  readonly patterns: readonly string[];
}

/** More beginnings than this for two characters, and comparing rows is the faster way. */
const termLimit = 400;

/**
 * The index knows trigrams. Three characters or more are looked up as a phrase of them, two (most Chinese words) as all
 * trigrams that begin with them, one by comparing.
 */
export function planSearch(
  database: Database,
  table: 'messages' | 'conversations',
  words: readonly string[],
): SearchQuery {
  const expressions: string[] = [];
  const patterns: string[] = [];
  for (const word of words) {
    const length = [...word].length;
    const terms = length === 2 ? trigramsBeginningWith(database, table, word) : undefined;
    if (length > 2) expressions.push(quote(word));
    else if (terms === undefined || terms.length > termLimit) patterns.push(`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
    // An index without such a trigram holds no such text; quoting the word itself would match nothing either.
    else expressions.push(`(${terms.length === 0 ? quote(`${word}\u{10FFFF}`) : terms.map(quote).join(' OR ')})`);
  }
  return { match: expressions.length === 0 ? undefined : expressions.join(' AND '), patterns };
}

function trigramsBeginningWith(database: Database, table: 'messages' | 'conversations', word: string): string[] {
  const beginning = word.toLowerCase();
  const rows = database.all(
    sql<{ term: string }>`SELECT term FROM ${sql.table(`${table}_terms`)}
      WHERE term >= ${beginning} AND term < ${`${beginning}\u{10FFFF}`} LIMIT ${termLimit + 1}`.compile(build),
  );
  return rows.map(({ term }) => term);
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
