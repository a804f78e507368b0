import { sql } from 'kysely';

import type { Chat } from '../../electron/chat/chat.ts';
import { openDatabase, type Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { openUnansweredChat } from '../chat/unanswered-chat.ts';
import { silentLog } from '../fakes/silent-log.ts';
import type { Expectations, ExpectedMessage } from './crash-expectations.ts';
import type { Branch } from './crash-log.ts';
import { checkImports } from './import-check.ts';

/** How titles begin that the load gives as a person would. */
export const givenTitle = 'Given';

/** Neither waiting for an import to end nor about to be swept away. */
const reachable = '(c.removed_at IS NULL OR c.removed_at > 1)';

export const campaignKey = new Uint8Array(32).fill(9);

/** `torn`: not what any moment of the run had. `lost`: acknowledged, and not there. */
export interface Findings {
  readonly torn: string[];
  readonly lost: string[];
  /** Of the acknowledged messages, how many are there. */
  readonly kept: number;
}

interface StoredRow {
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly role: string;
  readonly text: string;
  readonly state: string;
  readonly removed_at: number | null;
}

/** Starts on what a crash left, as the app does, and compares with what was acknowledged. */
export async function checkAfterCrash(file: string, expected: Expectations): Promise<Findings> {
  using database = openDatabase({ path: file, key: campaignKey, log: silentLog });
  await using chat = openUnansweredChat(database);
  const torn = [...checkDatabase(database), ...checkTree(database), ...checkIndex(database)];
  const lost: string[] = [];
  let kept = 0;
  for (const message of expected.messages.values()) {
    const problem = checkMessage(database, message);
    if (problem === undefined) kept += 1;
    else lost.push(problem);
  }
  for (const branch of expected.branches.values()) {
    // Half of what was under way would show in the tree; whether it happened is open.
    if (branch.id === expected.underWay?.conversationId) continue;
    lost.push(...(await checkBranch(chat, branch)));
  }
  lost.push(...checkFound(chat, database, expected));
  const imported = checkImports(database, expected.imports);
  lost.push(...imported.lost);
  torn.push(...imported.torn);
  return { torn, lost, kept };
}

/**
 * After a loss of power the last moments may be missing, but nothing from the middle: with a message, everything that
 * was acknowledged before it is there.
 */
export async function checkAfterPowerCut(
  file: string,
  expected: Expectations,
): Promise<{ torn: string[]; missing: number }> {
  using database = openDatabase({ path: file, key: campaignKey, log: silentLog });
  await using chat = openUnansweredChat(database);
  const torn = [...checkDatabase(database), ...checkTree(database), ...checkIndex(database)];
  // Reads the list and the newest thread, as a window does first.
  const [newest] = chat.list(null, 200).conversations;
  if (newest !== undefined && (await tryReadBranch(chat, newest.id)) === undefined) torn.push('no thread to read');
  const inOrder = [...expected.messages.values()].toSorted((left, right) => left.order - right.order);
  const there = inOrder.filter(({ id }) => readRow(database, id) !== undefined);
  const last = there.findLast(({ imported }) => !imported)?.order ?? -1;
  const gaps = inOrder.filter(({ id, order }) => order < last && readRow(database, id) === undefined);
  torn.push(...gaps.map(({ id }) => `message ${id} is gone though a later one is there`));
  return { torn, missing: inOrder.length - there.length };
}

/** Answers the first column of each row. */
function column(database: Database, statement: string): string[] {
  const rows = database.all(sql.raw<Record<string, unknown>>(statement).compile(build));
  return rows.map((row) => String(Object.values(row)[0]));
}

function checkDatabase(database: Database): string[] {
  const integrity = column(database, 'PRAGMA integrity_check').filter((line) => line !== 'ok');
  const references = column(database, 'PRAGMA foreign_key_check').map((table) => `a broken reference in ${table}`);
  return [...integrity, ...references];
}

/** What is true at every moment between two operations, whatever they were. */
function checkTree(database: Database): string[] {
  const rules: Readonly<Record<string, string>> = {
    'a piece of an answer was not moved into it': 'SELECT message_id FROM message_journal',
    'an answer that nobody writes is running': `SELECT id FROM messages WHERE state = 'running'`,
    'a question without its answer': `SELECT id FROM messages q WHERE role = 'user' AND removed_at IS NULL
      AND EXISTS (SELECT 1 FROM conversations c WHERE c.id = q.conversation_id AND ${reachable})
      AND NOT EXISTS (SELECT 1 FROM messages a WHERE a.parent_id = q.id)`,
    'an answer to nothing': `SELECT id FROM messages WHERE role = 'assistant' AND parent_id IS NULL`,
    'a parent in another conversation': `SELECT m.id FROM messages m JOIN messages p ON p.id = m.parent_id
      WHERE p.conversation_id <> m.conversation_id`,
    'a shown message after a removed one': `SELECT m.id FROM messages m JOIN messages p ON p.id = m.parent_id
      WHERE m.removed_at IS NULL AND p.removed_at IS NOT NULL`,
    'an end that is removed or elsewhere': `SELECT c.id FROM conversations c JOIN messages h ON h.id = c.head_message_id
      WHERE h.conversation_id <> c.id OR h.removed_at IS NOT NULL`,
    'an end before the end': `SELECT c.id FROM conversations c JOIN messages m ON m.parent_id = c.head_message_id
      WHERE m.removed_at IS NULL AND c.removed_at IS NULL`,
    'messages without an end': `SELECT c.id FROM conversations c WHERE head_message_id IS NULL AND ${reachable}
      AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.removed_at IS NULL)`,
    'a removal that nobody can undo': `SELECT id FROM messages
      WHERE (removed_at IS NULL) <> (removed_by IS NULL) AND coalesce(removed_at, 2) > 1`,
  };
  return Object.entries(rules).flatMap(([rule, statement]) =>
    column(database, statement).map((id) => `${rule}: ${id}`),
  );
}

/** Each text is in each index exactly once, and nothing else is. */
function checkIndex(database: Database): string[] {
  return [
    ['messages', 'text'],
    ['conversations', 'title'],
  ].flatMap(([table, words]) =>
    ['text', 'short'].flatMap((kind) => {
      const index = `${table}_${kind}`;
      const shouldBe = `SELECT row_id FROM ${table} WHERE ${words} <> ''`;
      const missing = column(database, `${shouldBe} EXCEPT SELECT id FROM ${index}_docsize`);
      const tooMany = column(database, `SELECT id FROM ${index}_docsize EXCEPT ${shouldBe}`);
      return [
        ...missing.map((row) => `row ${row} is not in ${index}`),
        ...tooMany.map((row) => `${index} has row ${row}, which is gone`),
      ];
    }),
  );
}

function readRow(database: Database, id: string): StoredRow | undefined {
  return database.first(
    sql<StoredRow>`SELECT conversation_id, parent_id, role, text, state, removed_at FROM messages
      WHERE id = ${id}`.compile(build),
  );
}

function checkMessage(database: Database, expected: ExpectedMessage): string | undefined {
  const row = readRow(database, expected.id);
  const name = `${expected.role} message ${expected.id}`;
  if (row === undefined) return `${name} is gone`;
  const moved = row.conversation_id !== expected.conversationId || row.parent_id !== expected.parentId;
  if (moved) return `${name} has moved`;
  if (expected.state === undefined) {
    return row.text.startsWith(expected.text) ? undefined : `${name} lost words that were shown`;
  }
  if (row.text !== expected.text) return `${name} has another text`;
  return row.state === expected.state ? undefined : `${name} was ${expected.state} and is ${row.state}`;
}

async function checkBranch(chat: Chat, expected: Branch): Promise<string[]> {
  const actual = await tryReadBranch(chat, expected.id);
  if (actual === undefined) return expected.removed ? [] : [`conversation ${expected.id} is gone`];
  if (expected.removed) return [`conversation ${expected.id} is back`];
  const problems: string[] = [];
  if (actual.branch.join() !== expected.branch.join()) {
    problems.push(`conversation ${expected.id} shows ${actual.branch.join()} instead of ${expected.branch.join()}`);
  }
  // Titles that nobody gave may be made better at any time.
  const renamed = expected.title.startsWith(givenTitle) && actual.title !== expected.title;
  if (renamed || actual.pinned !== expected.pinned) {
    problems.push(`conversation ${expected.id} has another title or place`);
  }
  return problems;
}

/** Undefined for a removed conversation. */
export async function tryReadBranch(chat: Chat, conversationId: string): Promise<Branch | undefined> {
  const controller = new AbortController();
  try {
    for await (const event of chat.watchThread(conversationId, controller.signal)) {
      if (event.type !== 'snapshot') return undefined;
      const { id, title, pinned } = event.conversation;
      return { id, title, pinned, removed: false, branch: event.messages.map((message) => message.id) };
    }
    return undefined;
  } catch (error) {
    if (isClawdbotError(error) && error.code === 'CONVERSATION_NOT_FOUND') return undefined;
    throw error;
  } finally {
    controller.abort();
  }
}

/** The newest messages that are there are found by their words, through the same door as a person's search. */
function checkFound(chat: Chat, database: Database, { messages }: Expectations): string[] {
  const filter = { modelId: null, file: null, fromMs: null, untilMs: null };
  return [...messages.values()].slice(-6).flatMap(({ id, text, conversationId }) => {
    const [word] = text.split(' ');
    const row = readRow(database, id);
    const removed = row === undefined || row.removed_at !== null || !isThere(database, conversationId);
    if (word === undefined || word === '') return [];
    const { hits } = chat.search({ query: word, limit: 100, cursor: null, filter });
    const found = hits.some((hit) => hit.messageId === id);
    return found === removed ? [`message ${id} is ${removed ? 'found though it was removed' : 'not found'}`] : [];
  });
}

function isThere(database: Database, conversationId: string): boolean {
  const row = database.first(
    sql`SELECT 1 FROM conversations WHERE id = ${conversationId} AND removed_at IS NULL`.compile(build),
  );
  return row !== undefined;
}
