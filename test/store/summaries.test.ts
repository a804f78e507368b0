import path from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase, type Database } from '../../electron/store/database.ts';
import { allMigrations } from '../../electron/store/migrations/all-migrations.ts';
import { build } from '../../electron/store/query-builder.ts';
import type { Store, StoredSummary } from '../../electron/store/store.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { openTempDatabase, testKey } from './temp-database.ts';
import { tempFolder } from './temp-folder.ts';
import { purge } from './empty-bin.ts';

function conversation(store: Store, id = 'c'): void {
  const at = { createdAt: 1, updatedAt: 1, pinned: false, headId: null, modelId: null };
  store.conversations.insert({ id, title: 'Trip', titleSource: 'message', ...at });
}

function message(store: Store, id: string, parentId: string | null, text: string, conversationId = 'c'): void {
  const role = id.startsWith('q') ? 'user' : 'assistant';
  store.messages.insert({
    id,
    conversationId,
    parentId,
    role,
    text,
    state: 'done',
    createdAt: 1,
    model: null,
    requestId: null,
  });
}

const summary: StoredSummary = {
  id: 's1',
  conversationId: 'c',
  level: 0,
  firstMessageId: 'q1',
  lastMessageId: 'a1',
  messageCount: 2,
  sourceTokens: 400,
  text: 'They spoke about the ferry.',
  facts: [{ kind: 'date', text: 'The ferry leaves on 14 June.', messageId: 'a1', role: 'assistant' }],
  origin: 'sentences',
  ready: false,
  createdAt: 5,
};

function filled(database: Database): Store {
  const store = createStore(database);
  conversation(store);
  message(store, 'q1', null, 'When does the ferry leave?');
  message(store, 'a1', 'q1', 'The ferry leaves on 14 June.');
  message(store, 'q2', 'a1', '我妹妹的生日是五月三号。');
  return store;
}

test('a summary is read as it was stored, and as ready once it is', () => {
  const { summaries } = filled(openTempDatabase());
  summaries.insert(summary);
  expect(summaries.of('c')).toEqual([summary]);
  expect(summaries.of('other')).toEqual([]);
  summaries.markReady(['s1']);
  expect(summaries.of('c')).toEqual([{ ...summary, ready: true }]);
});

test('a summary goes when its last message changes, and when a message of it is deleted for good', () => {
  const database = openTempDatabase();
  const store = filled(database);
  store.summaries.insert(summary);
  store.journal.reopen('q2', { id: 'm', name: 'M' });
  store.journal.append('q2', 0, ' more');
  store.journal.finish('q2', { state: 'done', error: null, stats: null });
  expect(store.summaries.of('c')).toHaveLength(1);

  store.journal.reopen('a1', { id: 'm', name: 'M' });
  store.journal.append('a1', 0, ' Or later.');
  store.journal.finish('a1', { state: 'done', error: null, stats: null });
  expect(store.summaries.of('c')).toEqual([]);

  store.summaries.insert(summary);
  store.messages.remove('q1', 10, null);
  expect(purge(store, 20)).toBeGreaterThan(0);
  expect(store.summaries.of('c')).toEqual([]);
});

test('facts that cannot be read are none, and the summary stays', () => {
  const database = openTempDatabase();
  const { summaries } = filled(database);
  summaries.insert(summary);
  database.run(sql`UPDATE summaries SET facts = '[{"kind": 1}]'`.compile(build));
  expect(summaries.of('c')).toEqual([{ ...summary, facts: [] }]);
  database.run(sql`UPDATE summaries SET facts = '{'`.compile(build));
  expect(summaries.of('c')[0]?.facts).toEqual([]);
});

test('what a title was asked for is remembered, the newest only', () => {
  const { summaries } = filled(openTempDatabase());
  expect(summaries.titleTriedFrom('c')).toBeUndefined();
  summaries.noteTitleTried('c', 'q1');
  summaries.noteTitleTried('c', 'q2');
  expect(summaries.titleTriedFrom('c')).toBe('q2');
});

test('the way to the first message comes newest first, as far as it is asked for, with the words of a running reply', () => {
  const store = filled(openTempDatabase());
  store.journal.append('q2', 0, '还有');
  expect(store.messages.ancestors('q2', 2)).toEqual([
    { id: 'q2', parentId: 'a1', role: 'user', state: 'done', text: '我妹妹的生日是五月三号。还有' },
    { id: 'a1', parentId: 'q1', role: 'assistant', state: 'done', text: 'The ferry leaves on 14 June.' },
  ]);
  expect(store.messages.ancestors('q1', 5).map(({ id }) => id)).toEqual(['q1']);
  expect([...store.messages.contents(['a1', 'nothing', 'q1']).keys()].toSorted()).toEqual(['a1', 'q1']);
});

test('messages of one conversation are found by any of the words, inside longer ones and in Chinese', () => {
  const store = filled(openTempDatabase());
  conversation(store, 'other');
  message(store, 'q9', null, 'The ferry of somebody else, 生日', 'other');
  const find = (words: string[], pairs: string[] = []) =>
    store.branchSearch.candidates('c', { words, pairs, limit: 10 }).toSorted();
  expect(find(['ferr', 'nothing'])).toEqual(['a1', 'q1']);
  expect(find(['june"'])).toEqual([]);
  expect(find(['妹妹的'])).toEqual(['q2']);
  expect(find([], ['生日', '没有'])).toEqual(['q2']);
  expect(find([])).toEqual([]);
  store.messages.remove('q2', 1, null);
  expect(find([], ['生日'])).toEqual([]);
});

test('a database from before there were summaries gets them, with everything else as it was', () => {
  const file = path.join(tempFolder(), 'clawdbot.db');
  const before = openDatabase({ path: file, key: testKey, log: silentLog, migrations: allMigrations.slice(0, 3) });
  before.run(
    sql`INSERT INTO conversations (id, title, title_source, created_at, updated_at) VALUES ('c', '旅行', 'message', 1, 1)`.compile(
      build,
    ),
  );
  before.run(
    sql`INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, thought)
      VALUES ('q1', 'c', NULL, 1, 'user', '渡轮几点开？', 'done', 1, ''), ('a1', 'c', 'q1', 2, 'assistant', '九点', 'stopped', 2, 'hm')`.compile(
      build,
    ),
  );
  before[Symbol.dispose]();
  const after = openDatabase({ path: file, key: testKey, log: silentLog });
  onTestFinished(() => after[Symbol.dispose]());
  const store = createStore(after);
  expect(store.messages.ancestors('a1', 9).map(({ text }) => text)).toEqual(['九点', '渡轮几点开？']);
  expect(store.messages.find('a1')).toMatchObject({ state: 'stopped', thought: { text: 'hm' } });
  store.summaries.insert(summary);
  expect(store.summaries.of('c')).toEqual([summary]);
});
