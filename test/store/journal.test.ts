import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { build } from '../../electron/store/query-builder.ts';
import { openTempDatabase } from './temp-database.ts';

function storeWithReply() {
  const database = openTempDatabase();
  const store = createStore(database);
  const conversation = {
    id: 'c',
    title: '',
    titleSource: 'none',
    createdAt: 1,
    updatedAt: 1,
    pinned: false,
    headId: null,
    modelId: null,
  } as const;
  store.conversations.insert(conversation);
  let replies = 0;
  const reply = (): string => {
    replies += 1;
    const id = `m${replies}`;
    store.messages.insert({
      id,
      conversationId: 'c',
      parentId: null,
      role: 'assistant',
      text: '',
      state: 'running',
      createdAt: 1,
      model: null,
      requestId: null,
    });
    return id;
  };
  const journalled = () => database.all(sql`SELECT * FROM message_journal`.compile(build)).length;
  return { database, store, reply, journalled };
}

const piece = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 20 }).map((text) => text.toWellFormed());
const done = { state: 'done', error: null, stats: null } as const;

describe('the journal', () => {
  test('gives back exactly what was appended: while running, after the end, and after being continued', () => {
    const { store, reply, journalled } = storeWithReply();
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 12 }), (first, second) => {
        const id = reply();
        first.forEach((text, seq) => store.journal.append(id, seq, text));
        expect(store.messages.find(id)?.text).toBe(first.join(''));
        store.journal.finish(id, { ...done, state: 'stopped' });
        expect(store.messages.find(id)).toMatchObject({ text: first.join(''), state: 'stopped' });
        store.journal.reopen(id, { id: 'x', name: 'X' });
        second.forEach((text, seq) => store.journal.append(id, seq, text));
        expect(store.messages.find(id)).toMatchObject({ text: [...first, ...second].join(''), state: 'running' });
        store.journal.finish(id, done);
        expect(store.messages.find(id)).toMatchObject({ text: [...first, ...second].join(''), state: 'done' });
        expect(journalled()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps zero bytes and every plane of Unicode', () => {
    const { store, reply } = storeWithReply();
    const id = reply();
    const pieces = ['a\0b', '\0', '𝕏', '字', '\u{10FFFF}', '\u0000end'];
    pieces.forEach((text, seq) => store.journal.append(id, seq, text));
    store.journal.finish(id, done);
    expect(store.messages.find(id)?.text).toBe(pieces.join(''));
  });

  test('is folded for every reply that was running when the app died', () => {
    const { store, reply, journalled } = storeWithReply();
    const [first, second, ended] = [reply(), reply(), reply()];
    store.journal.append(first, 0, 'one ');
    store.journal.append(first, 1, 'two');
    store.journal.finish(ended, done);
    expect(store.journal.recover()).toBe(2);
    expect(store.messages.find(first)).toMatchObject({ text: 'one two', state: 'interrupted' });
    expect(store.messages.find(second)).toMatchObject({ text: '', state: 'interrupted' });
    expect(store.messages.find(ended)).toMatchObject({ state: 'done' });
    expect(journalled()).toBe(0);
    expect(store.journal.recover()).toBe(0);
  });

  test('keeps an error with its data, and shows one whose code is no longer known as a failure', () => {
    const { database, store, reply } = storeWithReply();
    const id = reply();
    const error = {
      code: 'OUT_OF_MEMORY',
      message: 'Too big.',
      data: { modelName: 'Big', neededBytes: 9, freeBytes: 3 },
    } as const;
    store.journal.finish(id, { state: 'failed', error, stats: null });
    expect(store.messages.find(id)?.error).toEqual(error);
    database.run(
      sql`UPDATE messages SET error = '{"code":"OF_THE_FUTURE","message":"?","data":{}}' WHERE id = ${id}`.compile(
        build,
      ),
    );
    expect(store.messages.find(id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  });
});

describe('what a reply was doing', () => {
  const loading = { phase: 'loading', modelName: 'Main', fraction: 0 } as const;
  const permission = { phase: 'waitingForPermission', toolName: 'mail.send' } as const;

  test('is kept when the app dies, the last of it; without a word about it the reply was starting', () => {
    const { database, store, reply } = storeWithReply();
    const [silent, loaded, asking, ended] = [reply(), reply(), reply(), reply()];
    store.journal.enter(loaded, { phase: 'queued', ahead: 2 });
    store.journal.enter(loaded, loading);
    store.journal.enter(asking, permission);
    store.journal.enter(ended, { phase: 'answering' });
    store.journal.finish(ended, done);
    expect(store.messages.find(loaded)?.interruptedIn).toBeUndefined();
    store.journal.recover();
    expect(store.messages.find(silent)?.interruptedIn).toEqual({ phase: 'starting' });
    expect(store.messages.find(loaded)?.interruptedIn).toEqual(loading);
    expect(store.messages.find(asking)?.interruptedIn).toEqual(permission);
    expect(store.messages.find(ended)?.interruptedIn).toBeUndefined();
    expect(database.all(sql`SELECT * FROM turns`.compile(build))).toEqual([]);
  });

  test('is kept when it is interrupted in an orderly way, and forgotten when it goes on', () => {
    const { store, reply } = storeWithReply();
    const id = reply();
    store.journal.enter(id, loading);
    store.journal.finish(id, { ...done, state: 'interrupted' });
    expect(store.messages.find(id)?.interruptedIn).toEqual(loading);
    store.journal.reopen(id, { id: 'x', name: 'X' });
    store.journal.finish(id, { ...done, state: 'stopped' });
    expect(store.messages.find(id)?.interruptedIn).toBeUndefined();
  });

  test('of a kind that is not known any more is left out', () => {
    const { database, store, reply } = storeWithReply();
    const id = reply();
    store.journal.finish(id, { ...done, state: 'interrupted' });
    database.run(sql`UPDATE messages SET interrupted_in = '{"phase":"dreaming"}' WHERE id = ${id}`.compile(build));
    expect(store.messages.find(id)).toMatchObject({ state: 'interrupted' });
    expect(store.messages.find(id)?.interruptedIn).toBeUndefined();
  });
});
