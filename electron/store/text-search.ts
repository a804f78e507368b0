import { sql, type RawBuilder, type Selectable } from 'kysely';

import { foldCase } from '../../shared/model/search-snippet.ts';
import type { Database } from './database.ts';
import { createFileSearch } from './file-search.ts';
import { build } from './query-builder.ts';
import type { ConversationsTable } from './schema.ts';
import { planSearch, type SearchSource } from './search-query.ts';
import type { FoundMessage, SearchFilter, TextSearch } from './store.ts';
import { toRecord } from './stored-conversations.ts';

/** Texts are fetched and compared in pages that grow, so that a common word costs little and a rare one few queries. */
const firstPage = 250;
const largestPage = 1000;
/**
 * What one call compares at most: some 40 ms on a slow machine, because each text may have to be deciphered first.
 * The answer then says where to go on.
 */
const compareLimit = 1500;
/** The same where no index helps, but every page of the file is deciphered for many texts at once. */
const scanLimit = 12_000;

/** So many of the newest conversations whose titles may hold the words are compared. */
const titleLimit = 1000;

/** Messages of the conversations with a file are compared one by one when they are not more than this. */
const fewMessages = 10_000;

interface Candidate {
  readonly row_id: number;
  readonly conversation_id: string;
  readonly text: string;
}

interface Page {
  readonly rows: readonly Candidate[];
  /** How many were looked at for it. */
  readonly compared: number;
  /** Everything from this row on was. */
  readonly end: number;
  readonly isLast: boolean;
}

type Row = Selectable<ConversationsTable> & {
  readonly message_row_id: number;
  readonly message_id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly message_created_at: number;
};

export function createTextSearch(database: Database): TextSearch {
  const files = createFileSearch(database);

  const candidates = (source: SearchSource | undefined, filter: SearchFilter, span: Span, limit: number): Page => {
    // CROSS JOIN keeps the order of the tables: from the index to the messages, newest first, until there are enough.
    const tables = source
      ? sql`${sql.table(source.index)} t CROSS JOIN messages m ON m.row_id = t.rowid`
      : sql`messages m`;
    const order = source ? sql.ref('t.rowid') : sql.ref('m.row_id');
    const query = sql<Candidate>`SELECT m.row_id, m.conversation_id, m.text FROM ${tables}
      WHERE ${source ? matches(source) : sql`m.text <> ''`} AND ${order} >= ${span.from} AND ${order} < ${span.before}
        AND m.removed_at IS NULL ${messageFilter(filter)}
      ORDER BY ${order} DESC LIMIT ${limit}`;
    const rows = database.all(query.compile(build));
    return { rows, compared: rows.length, end: rows.at(-1)?.row_id ?? span.from, isLast: rows.length < limit };
  };

  /** The same of messages that are known by their rows. */
  const candidatesOf = (rowIds: readonly number[], filter: SearchFilter, span: Span, limit: number): Page => {
    const ids = rowIds.filter((rowId) => rowId >= span.from && rowId < span.before).slice(0, limit);
    const query = sql<Candidate>`SELECT m.row_id, m.conversation_id, m.text FROM messages m
      WHERE m.row_id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND m.removed_at IS NULL
        ${messageFilter(filter)} ORDER BY m.row_id DESC`;
    const rows = database.all(query.compile(build));
    return { rows, compared: ids.length, end: ids.at(-1) ?? span.from, isLast: ids.length < limit };
  };

  /** Where the messages of conversations with a file are looked for; undefined when there is no such file. */
  const withFile = (parts: readonly string[]): { rowIds: number[] | undefined; ids: Set<string> } | undefined => {
    const ids = files.conversations(files.named(parts));
    return ids.length === 0 ? undefined : { rowIds: files.messagesOf(ids, fewMessages), ids: new Set(ids) };
  };

  const rowsOf = (rowIds: readonly number[]): Row[] => {
    if (rowIds.length === 0) return [];
    const query = sql<Row>`SELECT c.*, m.row_id AS message_row_id, m.id AS message_id, m.role, m.text, m.created_at AS message_created_at
      FROM messages m CROSS JOIN conversations c ON c.id = m.conversation_id
      WHERE m.row_id IN (${sql.join(rowIds)}) AND c.removed_at IS NULL ORDER BY m.row_id DESC`;
    return database.all(query.compile(build));
  };
  const details = (rowIds: readonly number[]): FoundMessage[] => rowsOf(rowIds).map(toFound);

  return {
    titles(words, limit, filter = {}) {
      if (words.length === 0) return [];
      const needles = words.map(foldCase);
      const source = planSearch(database, 'conversations', words);
      const parts = filter.fileParts ?? [];
      const among = parts.length === 0 ? undefined : new Set(files.conversations(files.named(parts)));
      if (among?.size === 0) return [];
      const tables = source
        ? sql`${sql.table(source.index)} t CROSS JOIN conversations c ON c.row_id = t.rowid`
        : sql`conversations c`;
      const query = sql<Selectable<ConversationsTable>>`SELECT c.* FROM ${tables}
        WHERE c.removed_at IS NULL ${source ? sql`AND ${matches(source)}` : sql``} ${titleFilter(filter)}
          ${among ? sql`AND c.id IN (SELECT value FROM json_each(${JSON.stringify([...among])}))` : sql``}
        ORDER BY ${source ? sql.ref('t.rowid') : sql.ref('c.row_id')} DESC LIMIT ${titleLimit}`;
      return database
        .all(query.compile(build))
        .filter(({ title }) => holdsAll(title, needles))
        .map(toRecord)
        .toSorted((left, right) => right.updatedAt - left.updatedAt)
        .slice(0, limit);
    },

    messages({ words, limit, before = null, filter = {} }) {
      if (words.length === 0 || limit < 1) return { found: [], next: null };
      const parts = filter.fileParts ?? [];
      const among = parts.length === 0 ? undefined : withFile(parts);
      if (parts.length > 0 && among === undefined) return { found: [], next: null };
      const needles = words.map(foldCase);
      const few = among?.rowIds;
      const source = few ? undefined : planSearch(database, 'messages', words);
      const span = spanOf(database, filter);
      const rowIds: number[] = [];
      let end = Math.min(span.before, before ?? span.before);
      let compared = 0;
      const most = source === undefined ? scanLimit : compareLimit;
      for (let pageSize = firstPage; compared < most; pageSize = Math.min(pageSize * 2, largestPage)) {
        const rest = { from: span.from, before: end };
        const page = few ? candidatesOf(few, filter, rest, pageSize) : candidates(source, filter, rest, pageSize);
        for (const { row_id, conversation_id, text } of page.rows) {
          end = row_id;
          if (among !== undefined && !among.ids.has(conversation_id)) continue;
          if (holdsAll(text, needles) && rowIds.push(row_id) === limit) return { found: details(rowIds), next: end };
        }
        if (page.isLast) return { found: details(rowIds), next: null };
        ({ end } = page);
        compared += page.compared;
      }
      return { found: details(rowIds), next: end };
    },

    files(words, limit, filter = {}) {
      const parts = [...words, ...(filter.fileParts ?? [])];
      if (parts.length === 0 || limit < 1) return [];
      const sent = files.sentWith(files.named(parts), limit, messageFilter(filter));
      const nameOf = new Map(sent.map(({ rowId, fileName }) => [rowId, fileName]));
      return rowsOf(sent.map(({ rowId }) => rowId)).map((row) => ({
        ...toFound(row),
        fileName: nameOf.get(row.message_row_id) ?? '',
      }));
    },
  };
}

function matches({ index, match }: SearchSource): RawBuilder<unknown> {
  return sql`${sql.ref(`t.${index}`)} MATCH ${match}`;
}

/** Which rows a time can lie in. Rows are nearly in the order of time; imported ones are not, hence the index. */
interface Span {
  readonly from: number;
  readonly before: number;
}

function spanOf(database: Database, { fromMs, untilMs }: SearchFilter): Span {
  const bound = (column: RawBuilder<number | null>, holds: RawBuilder<unknown>): number | null =>
    // Named, because SQLite would otherwise walk through the rows until the first one fits.
    database.first(
      sql<{ bound: number | null }>`SELECT ${column} AS bound FROM messages INDEXED BY messages_by_time
        WHERE ${holds}`.compile(build),
    )?.bound ?? null;
  const first = fromMs === undefined ? 0 : bound(sql`min(row_id)`, sql`created_at >= ${fromMs}`);
  const last = untilMs === undefined ? Number.MAX_SAFE_INTEGER : bound(sql`max(row_id)`, sql`created_at < ${untilMs}`);
  // Nothing is that new, or that old.
  return first === null || last === null ? { from: 1, before: 0 } : { from: first, before: last + 1 };
}

function toFound(row: Row): FoundMessage {
  return {
    message: { id: row.message_id, role: row.role, text: row.text },
    createdAt: row.message_created_at,
    conversation: toRecord(row),
  };
}

function holdsAll(text: string, needles: readonly string[]): boolean {
  const folded = foldCase(text);
  return needles.every((needle) => folded.includes(needle));
}

function messageFilter({ modelId, fromMs, untilMs }: SearchFilter): RawBuilder<unknown> {
  return sql`${modelId === undefined ? sql`` : sql`AND m.model_id = ${modelId}`}
    ${fromMs === undefined ? sql`` : sql`AND m.created_at >= ${fromMs}`}
    ${untilMs === undefined ? sql`` : sql`AND m.created_at < ${untilMs}`}`;
}

function titleFilter({ modelId, fromMs, untilMs }: SearchFilter): RawBuilder<unknown> {
  return sql`${modelId === undefined ? sql`` : sql`AND c.model_id = ${modelId}`}
    ${fromMs === undefined ? sql`` : sql`AND c.updated_at >= ${fromMs}`}
    ${untilMs === undefined ? sql`` : sql`AND c.created_at < ${untilMs}`}`;
}
