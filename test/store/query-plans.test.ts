import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { build } from '../../electron/store/query-builder.ts';
import type { Store } from '../../electron/store/store.ts';
import { openTempDatabase } from './temp-database.ts';

/** What SQLite does for each statement that an action runs, line by line. */
function planOf(action: (store: Store) => unknown): string[] {
  const traced: string[] = [];
  const database = openTempDatabase({ trace: (statement) => traced.push(statement) });
  const store = createStore(database);
  store.conversations.insert({
    id: 'c',
    title: 'Title',
    titleSource: 'person',
    createdAt: 1,
    updatedAt: 1,
    pinned: false,
    headId: null,
    modelId: null,
  });
  traced.length = 0;
  action(store);
  const statements = [...traced];
  expect(statements.length).toBeGreaterThan(0);
  return statements.flatMap((statement) => {
    const explain = sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(statement.replaceAll('?', '1'))}`;
    return database.all(explain.compile(build)).map(({ detail }) => detail);
  });
}

// A scan of what a recursive query has just found is a walk along the branch, not through a table. Folders, presets and collections
// are as few as a person makes.
const tableScan = /^SCAN (?!branch$|path$|subtree$|hit$|folders$|presets$|collections$|\(subquery|CONSTANT ROW)/;

test.each<[string, (store: Store) => unknown]>([
  ['the next page of conversations', (store) => store.conversations.page('c', 200)],
  ['one conversation', (store) => store.conversations.find('c')],
  ['a message', (store) => store.messages.find('m')],
  ['the conversations of a folder', (store) => store.conversations.inFolder('f', 200)],
  ['what a conversation sets', (store) => store.setups.find('c')],
  ['the end of a thread', (store) => store.messages.branch('m', 60)],
  ['a whole thread', (store) => store.messages.wholeBranch('m')],
  ['the versions of a message', (store) => store.messages.versions('m')],
  ['the newest end of a version', (store) => store.messages.newestEnd('m')],
  ['whether a message was followed up', (store) => store.messages.hasFollowUp('m')],
  ['whether a message is on screen', (store) => store.messages.isOnBranch('m', 'h')],
  ['a request that was carried out', (store) => store.messages.findRequest('r')],
  [
    'storing a message',
    (store) =>
      store.messages.insert({
        id: 'm',
        conversationId: 'c',
        parentId: null,
        role: 'user',
        text: 'x',
        state: 'done',
        createdAt: 1,
        model: null,
        requestId: null,
      }),
  ],
  ['ending a reply', (store) => store.journal.finish('m', { state: 'done', error: null, stats: null })],
  ['removing a message', (store) => store.messages.remove('m', 1, null)],
  ['restoring a message', (store) => store.messages.restore('m')],
  ['what is in the bin', (store) => store.bin.list(null, 50)],
  ['condemning one entry of the bin', (store) => store.bin.condemn('m')],
  ['condemning what is old', (store) => store.bin.condemnOlder(1)],
  ['sweeping', (store) => store.bin.sweep()],
])('%s: no table is scanned', (_, action) => {
  const plan = planOf(action);
  expect(plan.filter((line) => tableScan.test(line))).toEqual([]);
});

test('the list comes out of its index in order', () => {
  expect(planOf((store) => store.conversations.page(null, 200))).toEqual([
    'SCAN conversations USING INDEX conversations_by_update',
  ]);
  const plan = planOf((store) => store.conversations.page('c', 200));
  expect(plan).toContainEqual(expect.stringMatching(/USING INDEX conversations_by_update \(\(updated_at,id\)</));
  expect(plan.join()).not.toContain('TEMP B-TREE');
});

test('pinned conversations come out of an index of their own', () => {
  expect(planOf((store) => store.conversations.pinned(500))).toEqual([
    'SCAN conversations USING INDEX conversations_pinned',
  ]);
});

test.each(['glacier', '天气', 'ai', '天', 'glacier 天气'])('%s is looked up in a text index', (query) => {
  const words = query.split(' ');
  for (const action of [
    (store: Store) => store.search.messages({ words, limit: 50 }),
    (store: Store) => store.search.titles(words, 50),
  ]) {
    const plan = planOf(action);
    expect(plan).toContainEqual(expect.stringContaining('VIRTUAL TABLE INDEX'));
    expect(plan.filter((line) => /^SCAN [mc]$/.test(line))).toEqual([]);
    expect(plan.join()).not.toContain('TEMP B-TREE');
  }
});

test('a time is looked up in an index of its own', () => {
  const plan = planOf((store) =>
    store.search.messages({ words: ['glacier'], limit: 50, filter: { fromMs: 5, untilMs: 9 } }),
  );
  expect(plan.filter((line) => line.includes('USING COVERING INDEX messages_by_time'))).toHaveLength(2);
});

test('names of files come out of an index, without their long reports', () => {
  const plan = planOf((store) => store.search.files(['lease'], 5));
  expect(plan).toContainEqual(expect.stringContaining('USING COVERING INDEX documents_by_name'));
});
