import {
  existsSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { isDailyDue } from '../../electron/keep/is-daily-due.ts';
import { choosePruned, listSnapshots, nextSnapshotFile, snapshotFolder } from '../../electron/store/snapshot-files.ts';
import { createStoredWebSessions } from '../../electron/store/stored-web-sessions.ts';
import type { SnapshotReason } from '../../electron/store/store.ts';
import { record, startChat, type ChatUnderTest } from '../chat/chat-under-test.ts';
import { startScript } from '../store/child-script.ts';
import { canMakeDisks, makeDisk } from '../store/small-disk.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { startKeep, statusOf } from './keep-under-test.ts';

const dayMs = 24 * 60 * 60 * 1000;
const patience = { timeout: 30_000 };

const folderOf = (under: ChatUnderTest): string => snapshotFolder(under.databasePath);
const titles = ({ chat }: ChatUnderTest): string[] => chat.list(null, 100).conversations.map(({ title }) => title);

function fill(under: ChatUnderTest, conversations: number): void {
  under.store.transaction(() => {
    for (let index = 0; index < conversations; index += 1) under.chat.create(`Filler ${index} ${'x'.repeat(150)}`);
  });
}

/** Spoils some bytes in the middle of a file. */
function spoil(file: string): void {
  const descriptor = openSync(file, 'r+');
  const pages = Math.floor(statSync(file).size / 4096);
  // Some: one alone may be a page that nothing uses.
  for (let page = Math.floor(pages * 0.5); page < pages * 0.6; page += 1) {
    writeSync(descriptor, Buffer.alloc(32, 0x5a), 0, 32, page * 4096 + 900);
  }
  closeSync(descriptor);
}

describe('a snapshot', () => {
  test('holds what was there, is checked, encrypted and readable by its owner only', async () => {
    const under = startChat();
    const keep = startKeep(under);
    await under.exchange('Where is the glacier?', 'In the north.');
    await keep.takeSnapshot();
    const [snapshot] = listSnapshots(folderOf(under));
    expect(snapshot).toMatchObject({ reason: 'person', checked: true, madeAtMs: under.clock.nowMs });
    expect((await statusOf(keep)).snapshots).toMatchObject([
      { id: snapshot?.id, sizeBytes: statSync(snapshot?.path ?? '').size },
    ]);
    expect(statSync(snapshot?.path ?? '').mode & 0o777).toBe(0o600);
    expect(readFileSync(snapshot?.path ?? '').includes('glacier')).toBe(false);
    expect(readdirSync(folderOf(under))).toHaveLength(1);
    const copy = startChat({ databasePath: snapshot?.path ?? '' });
    expect(titles(copy)).toEqual(['Where is the glacier?']);
  });

  test('is one moment, while conversations go on being written', async () => {
    const under = startChat();
    const keep = startKeep(under);
    fill(under, 2000);
    let written = 0;
    const writing = setInterval(() => under.chat.create(`During ${(written += 1)}`), 1);
    await keep.takeSnapshot();
    clearInterval(writing);
    expect(written).toBeGreaterThan(0);
    expect((await statusOf(keep)).health.kind).toBe('intact');
    const copy = startChat({ databasePath: listSnapshots(folderOf(under))[0]?.path ?? '' });
    const during = titles({ ...copy }).filter((title) => title.startsWith('During'));
    expect(during.toSorted()).toEqual(
      Array.from({ length: during.length }, (_, index) => `During ${index + 1}`).toSorted(),
    );
    const again = await under.restart();
    expect(again.chat.list(null, 1).total).toBe(2000 + written);
  });

  test('is made once a day by itself, and the last seven are kept', async () => {
    const under = startChat();
    const keep = startKeep(under, { settleMs: 0 });
    await vi.waitFor(
      async () => expect((await statusOf(keep)).snapshots).toMatchObject([{ reason: 'daily', checked: true }]),
      patience,
    );
    await keep[Symbol.asyncDispose]();
    for (let day = 0; day < 9; day += 1) {
      under.clock.nowMs += dayMs;
      const later = startKeep(under, { settleMs: 0 });
      const newest = (): string | undefined => listSnapshots(folderOf(under))[0]?.id;
      const before = newest();
      await vi.waitFor(async () => {
        expect(newest()).not.toBe(before);
        expect((await statusOf(later)).snapshotBusy).toBe(false);
      }, patience);
      await later[Symbol.asyncDispose]();
    }
    expect(listSnapshots(folderOf(under))).toHaveLength(7);
  });

  test('that cannot be made is said, and nothing else suffers', async () => {
    const under = startChat();
    const keep = startKeep(under);
    writeFileSync(folderOf(under), 'a file where the folder belongs');
    await expect(keep.takeSnapshot()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_UNUSABLE' });
    expect((await statusOf(keep)).snapshotFailure).toMatchObject({ code: 'DATA_DIRECTORY_UNUSABLE' });
    expect(under.chat.create('Still here').title).toBe('Still here');
  });

  test.runIf(canMakeDisks)('is not begun on a disk without room for it', async () => {
    const disk = makeDisk('size=32m');
    const under = startChat({ databasePath: path.join(disk, 'clawdbot.db') });
    const keep = startKeep(under);
    await expect(keep.takeSnapshot()).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(folderOf(under))).toEqual([]);
    expect(under.chat.create('Still here').title).toBe('Still here');
  });

  test('shows that the database is damaged', async () => {
    const under = startChat();
    fill(under, 400);
    const closed = await under.restart();
    await closed.chat[Symbol.asyncDispose]();
    closed.database[Symbol.dispose]();
    spoil(under.databasePath);
    const again = startChat({ databasePath: under.databasePath });
    const keep = startKeep(again);
    await keep.takeSnapshot();
    expect(await statusOf(keep)).toMatchObject({ health: { kind: 'damaged' }, snapshots: [{ checked: false }] });
  });
});

describe('putting a snapshot back', () => {
  test('brings back what was there, keeps what is there now as a snapshot, and tells who watches', async () => {
    const under = startChat();
    const keep = startKeep(under);
    const first = await under.exchange('Before', 'Yes.');
    await keep.takeSnapshot();
    const id = listSnapshots(folderOf(under))[0]?.id ?? '';
    const second = await under.exchange('After', 'No.');
    under.chat.rename(first.conversationId, 'Renamed');
    const list = record((signal) => under.chat.watchConversations(signal));
    const thread = record((signal) => under.chat.watchThread(second.conversationId, signal));
    await Promise.all([list.until((events) => events.length > 0), thread.until((events) => events.length > 0)]);
    await keep.restoreSnapshot(id);
    expect(titles(under)).toEqual(['Before']);
    await list.until((events) => {
      const last = events.at(-1);
      return last?.type === 'snapshot' && last.conversations.length === 1 && last.total === 1;
    });
    await thread.until((events) => events.at(-1)?.type === 'removed');
    await under.exchange('And on', 'Well.');
    expect(under.chat.list(null, 1).total).toBe(2);

    const kept = listSnapshots(folderOf(under)).find(({ reason }) => reason === 'restore');
    await keep.restoreSnapshot(kept?.id ?? '');
    expect(titles(under).toSorted()).toEqual(['After', 'Renamed']);
    const again = await under.restart();
    expect(titles(again).toSorted()).toEqual(['After', 'Renamed']);
  });

  test('leaves nothing beside the database', async () => {
    const under = startChat();
    const keep = startKeep(under);
    await keep.takeSnapshot();
    await keep.restoreSnapshot(listSnapshots(folderOf(under))[0]?.id ?? '');
    expect(
      readdirSync(path.dirname(under.databasePath))
        .toSorted()
        .filter((name) => !/-(wal|shm)$/.test(name)),
    ).toEqual(['clawdbot.db', 'clawdbot.db.key-check', 'snapshots']);
  });

  test('signs nobody out and forgets nothing about the machine', async () => {
    const under = startChat();
    const keep = startKeep(under);
    await keep.takeSnapshot();
    createStoredWebSessions(under.database, { now: () => 1 }).add('hash', 5);
    await keep.restoreSnapshot(listSnapshots(folderOf(under))[0]?.id ?? '');
    const again = await under.restart();
    expect(createStoredWebSessions(again.database, { now: () => 1 }).expiryOf('hash')).toBe(5);
  });

  test('is refused while an answer is being written', async () => {
    const under = startChat();
    const keep = startKeep(under);
    await keep.takeSnapshot();
    const { conversationId } = under.ask('Count.');
    const call = await under.models.main.nextCall();
    await expect(keep.restoreSnapshot(listSnapshots(folderOf(under))[0]?.id ?? '')).rejects.toThrow('being written');
    call.say('one');
    await under.finish(call, conversationId);
    expect((await under.messages(conversationId))[1]?.text).toBe('one');
  });

  test('is refused for one that is damaged or gone', async () => {
    const under = startChat();
    const keep = startKeep(under);
    fill(under, 400);
    await keep.takeSnapshot();
    const [snapshot] = listSnapshots(folderOf(under));
    spoil(snapshot?.path ?? '');
    await expect(keep.restoreSnapshot(snapshot?.id ?? '')).rejects.toMatchObject({ code: 'SNAPSHOT_UNUSABLE' });
    await expect(keep.restoreSnapshot('000009-gone')).rejects.toMatchObject({ code: 'SNAPSHOT_NOT_FOUND' });
    expect(under.chat.list(null, 1).total).toBe(400);
    expect(existsSync(`${under.databasePath}.restoring`)).toBe(false);
  });

  test.each<[string, (file: string) => boolean]>([
    ['before anything was copied', () => true],
    ['while the copy is being made ready', (file) => existsSync(`${file}.restoring`)],
    ['while the files change places', (file) => listSnapshots(snapshotFolder(file)).length > 1],
    ['right after', (file) => listSnapshots(snapshotFolder(file)).length > 1 && !existsSync(`${file}.restoring`)],
  ])('that is cut off %s leaves one whole database', async (_, reached) => {
    const file = path.join(tempFolder(), 'clawdbot.db');
    const child = startScript(restoringScript(file));
    await child.line((line) => line === 'begin');
    const endsAt = performance.now() + 30_000;
    while (!reached(file)) {
      if (performance.now() > endsAt) throw new Error('The restore did not get that far.');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await child.kill();
    const again = startChat({ databasePath: file });
    expect([['old'], ['new', 'old']]).toContainEqual(titles(again).toSorted());
    const keep = startKeep(again);
    await keep.takeSnapshot();
    expect((await statusOf(keep)).health.kind).toBe('intact');
  });
});

/** Makes "old", a snapshot, "new", and puts the snapshot back. */
function restoringScript(file: string): string {
  return `
    import { createStore } from './electron/store/create-store.ts';
    import { createSnapshotFiles } from './electron/store/create-snapshot-files.ts';
    import { openDatabase } from './electron/store/database.ts';
    import { forkChecker } from './electron/store/fork-checker.ts';
    import path from 'node:path';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const key = new Uint8Array(32).fill(7);
    const database = openDatabase({ path: ${JSON.stringify(file)}, key, log });
    const { conversations } = createStore(database);
    const make = (title) => conversations.insert({ id: title, title, titleSource: 'person', createdAt: 1, updatedAt: 1,
      pinned: false, headId: null, modelId: null });
    const files = createSnapshotFiles({ database, key, clock: { now: () => Date.now() }, log,
      spawnChecker: () => forkChecker(path.resolve('electron/store/checker/main.ts'), log) });
    const { signal } = new AbortController();
    make('old');
    const id = await files.take('person', signal);
    make('new');
    console.log('begin');
    await files.restore(id, () => {}, signal);
    console.log('done');
    setInterval(() => {}, 1000);`;
}

describe('which snapshots are kept', () => {
  const reasons: readonly SnapshotReason[] = ['daily', 'update', 'restore', 'person'];
  const snapshots = fc
    .array(fc.record({ reason: fc.constantFrom(...reasons), checked: fc.boolean(), madeAtMs: fc.integer() }), {
      maxLength: 40,
    })
    .map((list) =>
      list.map((item, index) => ({ ...item, sequence: index + 1, id: String(index), sizeBytes: 1, path: '' })),
    );

  test('the newest of each reason stay, whatever the clock said, and the last intact one always', () => {
    fc.assert(
      fc.property(snapshots, (list) => {
        const pruned = new Set(choosePruned(list));
        const left = list.filter((snapshot) => !pruned.has(snapshot));
        for (const reason of reasons) {
          const all = list.filter((snapshot) => snapshot.reason === reason);
          const most = reason === 'daily' ? 7 : 3;
          expect(all.slice(-most).every((snapshot) => !pruned.has(snapshot))).toBe(true);
        }
        expect(left.length).toBeLessThanOrEqual(7 + 3 * 3 + 1);
        const lastGood = list.findLast(({ checked }) => checked);
        if (lastGood) expect(pruned.has(lastGood)).toBe(false);
      }),
    );
  });

  test('a day is over after a day, and when the clock was set back', () => {
    const daily = { id: '', sequence: 2, madeAtMs: 10 * dayMs, reason: 'daily' as const, checked: true, sizeBytes: 1 };
    expect(isDailyDue([], 0)).toBe(true);
    expect(isDailyDue([daily], 10 * dayMs + 1)).toBe(false);
    expect(isDailyDue([daily], 11 * dayMs)).toBe(true);
    expect(isDailyDue([daily], 3 * dayMs)).toBe(true);
    expect(isDailyDue([daily, { ...daily, sequence: 3, madeAtMs: 3 * dayMs }], 3 * dayMs + 1)).toBe(false);
  });

  test('what is in the folder and no snapshot is left alone', () => {
    const folder = path.join(tempFolder(), 'snapshots');
    const made = nextSnapshotFile(folder, 'daily', Date.UTC(2026, 10, 21, 17, 5, 9));
    expect(path.basename(made)).toBe('000001-20261121T170509Z-daily.db');
    writeFileSync(made, 'x');
    for (const name of ['notes.txt', '000002-nonsense-daily.db', '000003-20261121T170509Z-why.db']) {
      writeFileSync(path.join(folder, name), 'x');
    }
    expect(listSnapshots(folder)).toMatchObject([
      { id: '000001-20261121T170509Z-daily', madeAtMs: Date.UTC(2026, 10, 21, 17, 5, 9) },
    ]);
  });
});
