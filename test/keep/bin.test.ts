import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';

import { build } from '../../electron/store/query-builder.ts';
import { search, startChat, type ChatUnderTest } from '../chat/chat-under-test.ts';
import { failureOf } from '../store/failure-of.ts';
import { startKeep } from './keep-under-test.ts';

const nothing = { conversation: 0, message: 0, folder: 0, preset: 0, document: 0, collection: 0 };
const dayMs = 24 * 60 * 60 * 1000;

/** The same files, as they are found at a start some days later; at most a week passes at a time. */
async function startLater(under: ChatUnderTest, days: number): Promise<ChatUnderTest> {
  let now = await under.restart();
  now.clock.nowMs = under.clock.nowMs;
  for (let passed = 0; passed < days; passed += 7) {
    now.clock.nowMs += Math.min(7, days - passed) * dayMs;
    now.binClock.now();
  }
  const { nowMs } = now.clock;
  now = await now.restart();
  now.clock.nowMs = nowMs;
  return now;
}

async function twoConversations() {
  const under = startChat();
  const first = await under.exchange('Hello glacier', 'Cold.');
  const second = await under.exchange('Hello river', 'Wet.');
  return { under, first, second };
}

test('the bin lists what was deleted, the latest first, with the time it has left', async () => {
  const { under, first, second } = await twoConversations();
  const keep = startKeep(under);
  under.chat.remove(first.conversationId);
  under.clock.nowMs += dayMs;
  under.chat.removeMessage(second.replyId);
  expect(keep.bin(null, 10)).toEqual({
    items: [
      {
        kind: 'message',
        id: second.replyId,
        conversationId: second.conversationId,
        title: 'Hello river',
        text: 'Wet.',
        role: 'assistant',
        messages: 1,
        remainingMs: 30 * dayMs,
      },
      {
        kind: 'conversation',
        id: first.conversationId,
        title: 'Hello glacier',
        messages: 2,
        remainingMs: 29 * dayMs,
      },
    ],
    next: null,
    total: 2,
    counts: { ...nothing, conversation: 1, message: 1 },
  });
  under.chat.restoreMessage(second.replyId);
  under.chat.restore(first.conversationId);
  expect(keep.bin(null, 10)).toEqual({ items: [], next: null, total: 0, counts: nothing });
});

test('a message of a deleted conversation is no entry of its own', async () => {
  const { under, first } = await twoConversations();
  const keep = startKeep(under);
  under.chat.removeMessage(first.replyId);
  under.chat.remove(first.conversationId);
  expect(keep.bin(null, 10).items.map(({ kind, id }) => [kind, id])).toEqual([['conversation', first.conversationId]]);
});

test('the bin is read page by page', async () => {
  const under = startChat();
  const keep = startKeep(under);
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    const { id } = under.chat.create(`Chat ${index}`);
    under.clock.nowMs += index % 2;
    under.chat.remove(id);
    ids.unshift(id);
  }
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = keep.bin(after, 3);
    expect(page.total).toBe(7);
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(new Set(seen).size).toBe(7);
  expect(failureOf(() => keep.bin('nonsense', 3)).code).toBe('BAD_INPUT');
});

test('what is deleted for good is gone at once, and its rows soon after', async () => {
  const { under, first, second } = await twoConversations();
  const keep = startKeep(under);
  under.chat.remove(first.conversationId);
  under.chat.removeMessage(second.messageId);
  keep.deleteForGood(first.conversationId);
  expect(keep.bin(null, 10).items.map(({ id }) => id)).toEqual([second.messageId]);
  expect(failureOf(() => under.chat.restore(first.conversationId)).code).toBe('CONVERSATION_NOT_FOUND');
  keep.deleteForGood(second.messageId);
  expect(failureOf(() => under.chat.restoreMessage(second.messageId)).code).toBe('MESSAGE_NOT_FOUND');
  expect(failureOf(() => keep.deleteForGood(second.messageId)).code).toBe('NOT_IN_BIN');
  expect(failureOf(() => keep.deleteForGood('nowhere')).code).toBe('NOT_IN_BIN');
  await vi.waitFor(() => expect(rowsOf(under)).toEqual({ conversations: 1, messages: 0 }), { timeout: 20_000 });
  expect(await under.messages(second.conversationId)).toEqual([]);
});

test('what is still there cannot be deleted for good by its id', async () => {
  const { under, first } = await twoConversations();
  const keep = startKeep(under);
  expect(failureOf(() => keep.deleteForGood(first.conversationId)).code).toBe('NOT_IN_BIN');
  expect(failureOf(() => keep.deleteForGood(first.replyId)).code).toBe('NOT_IN_BIN');
  expect(await under.messages(first.conversationId)).toHaveLength(2);
});

test('emptying the bin takes everything in it, and nothing else', async () => {
  const { under, first, second } = await twoConversations();
  const keep = startKeep(under);
  under.chat.remove(first.conversationId);
  under.chat.removeMessage(second.replyId);
  expect(keep.emptyBin()).toBe(2);
  expect(keep.bin(null, 10).total).toBe(0);
  await vi.waitFor(() => expect(rowsOf(under)).toEqual({ conversations: 1, messages: 1 }), { timeout: 20_000 });
  expect(keep.emptyBin()).toBe(0);
});

test('emptying that was cut short is finished by the next start, and nothing of it comes back', async () => {
  const { under, first } = await twoConversations();
  under.chat.remove(first.conversationId);
  under.store.bin.condemnOlder(Number.MAX_SAFE_INTEGER);
  const again = await under.restart();
  expect(failureOf(() => again.chat.restore(first.conversationId)).code).toBe('CONVERSATION_NOT_FOUND');
  startKeep(again);
  await vi.waitFor(() => expect(rowsOf(again)).toEqual({ conversations: 1, messages: 2 }), { timeout: 20_000 });
});

test('a bin with a long conversation is emptied in steps', async () => {
  const under = startChat();
  const { id } = under.chat.create('Long');
  under.store.transaction(() => {
    for (let index = 0; index < 900; index += 1) {
      under.store.messages.insert({
        id: `m${index}`,
        conversationId: id,
        parentId: index === 0 ? null : `m${index - 1}`,
        role: 'user',
        text: 'glacier',
        state: 'done',
        createdAt: 1,
        model: null,
        requestId: null,
      });
    }
  });
  under.chat.remove(id);
  under.store.bin.condemn(id);
  const steps: number[] = [];
  for (let rows = under.store.bin.sweep(); rows > 0; rows = under.store.bin.sweep()) steps.push(rows);
  expect(Math.max(...steps)).toBeLessThanOrEqual(201);
  expect(rowsOf(under)).toEqual({ conversations: 0, messages: 0 });
  expect(under.store.search.messages({ words: ['glacier'], limit: 5 }).found).toEqual([]);
});

test('what was deleted is final 30 days later, and leaves nothing behind', async () => {
  const { under, first, second } = await twoConversations();
  startKeep(under);
  under.chat.remove(first.conversationId);
  const early = await startLater(under, 29);
  const keep = startKeep(early);
  expect(keep.bin(null, 10).items).toMatchObject([{ id: first.conversationId, remainingMs: dayMs }]);
  const late = await startLater(early, 2);
  startKeep(late);
  expect(failureOf(() => late.chat.restore(first.conversationId)).code).toBe('CONVERSATION_NOT_FOUND');
  await vi.waitFor(() => expect(rowsOf(late)).toEqual({ conversations: 1, messages: 2 }), { timeout: 20_000 });
  expect(late.store.search.messages({ words: ['glacier'], limit: 10 }).found).toEqual([]);
  expect(search(late.chat, 'river')).toHaveLength(2);
  expect(late.store.messages.find(second.messageId)?.text).toBe('Hello river');
});

test('a clock set to next year does not empty the bin, not even over several starts', async () => {
  const { under, first } = await twoConversations();
  startKeep(under);
  under.chat.remove(first.conversationId);
  const jumped = await under.restart();
  jumped.clock.nowMs += 365 * dayMs;
  expect(startKeep(jumped).bin(null, 10).items).toMatchObject([{ id: first.conversationId, remainingMs: 29 * dayMs }]);
  const again = await jumped.restart();
  again.clock.nowMs = jumped.clock.nowMs + 1000;
  expect(startKeep(again).bin(null, 10).total).toBe(1);
  expect(again.chat.restore(first.conversationId).title).toBe('Hello glacier');
});

test('a clock set back deletes nothing, and what is deleted then is not kept for ever', async () => {
  const { under, first, second } = await twoConversations();
  startKeep(under);
  under.chat.remove(first.conversationId);
  const back = await under.restart();
  back.clock.nowMs -= 400 * dayMs;
  const keep = startKeep(back);
  expect(keep.bin(null, 10).items).toMatchObject([{ id: first.conversationId, remainingMs: 30 * dayMs }]);
  back.chat.remove(second.conversationId);
  expect(keep.bin(null, 10).total).toBe(2);
  const later = await startLater(back, 31);
  startKeep(later);
  await vi.waitFor(() => expect(rowsOf(later)).toEqual({ conversations: 0, messages: 0 }), { timeout: 20_000 });
});

function rowsOf({ database }: ChatUnderTest): { conversations: number; messages: number } {
  const count = (table: string): number =>
    Number(database.first(sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.compile(build))?.n);
  return { conversations: count('conversations'), messages: count('messages') };
}

function keepDocument({ store, clock }: ChatUnderTest, id: string): void {
  store.documents.insert({
    id,
    name: `${id}.txt`,
    sha256: id,
    sizeBytes: 1,
    format: 'text',
    language: 'en',
    report: '{}',
    createdAt: clock.nowMs,
    passages: [{ page: 1, heading: '', text: 'Deep ice.', places: '[]', words: ['deep', 'ice'] }],
  });
}

test('a document is deleted for good with the last message that was sent with it, not before', async () => {
  const { under, first, second } = await twoConversations();
  const keep = startKeep(under);
  const { documents } = under.store;
  keepDocument(under, 'shared');
  keepDocument(under, 'own');
  documents.attach(first.messageId, ['shared', 'own']);
  documents.attach(second.messageId, ['shared']);
  under.chat.remove(first.conversationId);
  expect(documents.find('own')).toBeDefined();
  keep.deleteForGood(first.conversationId);
  await vi.waitFor(() => expect(documents.find('own')).toBeUndefined());
  expect(documents.find('shared')).toBeDefined();
  expect(documents.search(['own', 'shared'], ['ice'], 5).map(({ documentId }) => documentId)).toEqual(['shared']);
  under.chat.remove(second.conversationId);
  keep.deleteForGood(second.conversationId);
  await vi.waitFor(() => expect(documents.find('shared')).toBeUndefined());
});

test('a document that was never sent is kept for a day, and a deleted one for 30', async () => {
  const { under, first } = await twoConversations();
  keepDocument(under, 'draft');
  keepDocument(under, 'sent');
  keepDocument(under, 'deleted');
  under.store.documents.attach(first.messageId, ['sent', 'deleted']);
  under.store.documents.remove('deleted', under.clock.nowMs);
  const soon = await startLater(under, 0);
  startKeep(soon);
  expect(soon.store.documents.find('draft')).toBeDefined();
  const later = await startLater(soon, 2);
  startKeep(later);
  expect(later.store.documents.find('draft')).toBeUndefined();
  expect(later.store.documents.find('sent')).toBeDefined();
  expect(later.store.documents.restore('deleted')).toBe(true);
  later.store.documents.remove('deleted', under.clock.nowMs);
  const month = await startLater(later, 31);
  startKeep(month);
  expect(month.store.documents.restore('deleted')).toBe(false);
  expect(month.store.documents.find('sent')).toBeDefined();
});

async function everyKind() {
  const { under, first, second } = await twoConversations();
  const { chat, clock, store } = under;
  const folder = chat.folders.create('Ice');
  chat.folders.move(first.conversationId, folder.id);
  const preset = chat.presets.create('Guide', { systemPrompt: 'Be a guide.', modelId: null, parameters: {} });
  keepDocument(under, 'map');
  store.documents.attach(second.messageId, ['map']);
  const steps = [
    () => chat.folders.remove(folder.id),
    () => chat.presets.remove(preset.id),
    () => store.documents.remove('map', under.binClock.now()),
  ];
  for (const step of steps) {
    clock.nowMs += 60_000;
    step();
  }
  return { under, first, second, folder, preset };
}

test('folders, roles and documents lie in the bin like everything else, and come back from it', async () => {
  const { under, first, folder, preset } = await everyKind();
  const { chat, store } = under;
  const keep = startKeep(under);
  const page = keep.bin(null, 10);
  expect(page.items).toEqual([
    { kind: 'document', id: 'map', title: 'map.txt', remainingMs: 30 * dayMs },
    { kind: 'preset', id: preset.id, title: 'Guide', remainingMs: 30 * dayMs - 60_000 },
    { kind: 'folder', id: folder.id, title: 'Ice', conversations: 1, remainingMs: 30 * dayMs - 120_000 },
  ]);
  expect(page).toMatchObject({ total: 3, counts: { ...nothing, folder: 1, preset: 1, document: 1 } });
  expect(keep.bin(keep.bin(null, 1).next, 1).items).toMatchObject([{ id: preset.id }]);
  chat.folders.restore(folder.id);
  chat.presets.restore(preset.id);
  store.documents.restore('map');
  expect(keep.bin(null, 10).items).toEqual([]);
  expect(chat.list(null, 10).conversations.find(({ id }) => id === first.conversationId)?.folderId).toBe(folder.id);
});

test('a file that was taken off before it was sent is no entry of the bin', async () => {
  const { under } = await twoConversations();
  keepDocument(under, 'draft');
  under.store.documents.remove('draft', under.clock.nowMs);
  expect(startKeep(under).bin(null, 10).items).toEqual([]);
});

test('folders, roles and documents that are deleted for good cannot be brought back, and leave no rows', async () => {
  const { under, first, folder, preset } = await everyKind();
  const { chat, store, database } = under;
  const keep = startKeep(under);
  keep.deleteForGood(folder.id);
  expect(failureOf(() => chat.folders.restore(folder.id)).code).toBe('FOLDER_NOT_FOUND');
  expect(keep.emptyBin()).toBe(2);
  expect(failureOf(() => chat.presets.restore(preset.id)).code).toBe('PRESET_NOT_FOUND');
  expect(store.documents.restore('map')).toBe(false);
  const rows = (): number =>
    ['folders', 'presets', 'documents', 'passages', 'message_documents']
      .map((table) => sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.compile(build))
      .reduce((sum, query) => sum + Number(database.first(query)?.n), 0);
  await vi.waitFor(() => expect(rows()).toBe(0), { timeout: 20_000 });
  expect(await under.messages(first.conversationId)).toHaveLength(2);
});

test('folders, roles and documents are final 30 days later', async () => {
  const { under, folder, preset } = await everyKind();
  startKeep(under);
  const early = await startLater(under, 29);
  expect(startKeep(early).bin(null, 10).counts).toMatchObject({ folder: 1, preset: 1, document: 1 });
  const late = await startLater(early, 3);
  expect(startKeep(late).bin(null, 10).items).toEqual([]);
  expect(failureOf(() => late.chat.folders.restore(folder.id)).code).toBe('FOLDER_NOT_FOUND');
  expect(failureOf(() => late.chat.presets.restore(preset.id)).code).toBe('PRESET_NOT_FOUND');
});

test('a collection lies in the bin with its documents, comes back from it, and is final when it was deleted there', async () => {
  const { under } = await twoConversations();
  const { store, database, clock } = under;
  for (const id of ['map', 'tide']) keepDocument(under, id);
  for (const id of ['seas', 'old']) store.collections.insert({ id, name: id }, clock.nowMs);
  store.collections.add('seas', ['map', 'tide'], clock.nowMs);
  store.collections.add('old', ['tide'], clock.nowMs);
  store.collections.remove('seas', under.binClock.now());
  const keep = startKeep(under);
  expect(keep.bin(null, 10)).toMatchObject({
    items: [{ kind: 'collection', id: 'seas', title: 'seas', documents: 2, remainingMs: 30 * dayMs }],
    counts: { ...nothing, collection: 1 },
  });
  expect(store.collections.restore('seas')).toBe(true);
  expect(keep.bin(null, 10).items).toEqual([]);
  store.collections.remove('seas', under.binClock.now());
  keep.deleteForGood('seas');
  expect(store.collections.restore('seas')).toBe(false);
  const count = sql<{ n: number }>`SELECT count(*) AS n FROM collections`.compile(build);
  await vi.waitFor(() => expect(database.first(count)?.n).toBe(1), { timeout: 20_000 });
  expect(['map', 'tide'].filter((id) => store.documents.find(id) !== undefined)).toEqual(['tide']);
});
