import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { openExtractor } from '../documents/extractor-under-test.ts';
import { makePdf } from '../documents/files/pdf-writer.ts';
import { textPage } from '../documents/files/good-files.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { openCollections } from './collections-under-test.ts';

const isRoot = process.getuid?.() === 0;

describe('a folder that is followed', () => {
  test('is read with all that is below, and what is no document of the person is passed over', async () => {
    const extractor = createFakeExtractor();
    const under = openCollections(extractor);
    const outside = tempFolder();
    writeFileSync(path.join(outside, 'secret.txt'), 'Not to be read.');
    for (const name of ['lease.txt', 'a/b/deep.md', '.hidden.txt', '.git/config', 'node_modules/x/readme.md']) {
      await under.write(name, `About ${name}.`);
    }
    for (const name of ['Notes.app/Contents/info.txt', 'film.mp4', '~$draft.docx']) await under.write(name, 'Nothing.');
    symlinkSync(path.join(outside, 'secret.txt'), path.join(under.root, 'link.txt'));
    symlinkSync(outside, path.join(under.root, 'elsewhere'));
    symlinkSync(under.root, path.join(under.root, 'a/round'));
    const { id, name } = await under.collections.follow(under.root);
    expect(name).toBe(path.basename(under.root));
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: 2, failed: 0 }));
    expect(under.names(id)).toEqual(['deep.md', 'lease.txt']);
    expect([...extractor.asked].toSorted()).toEqual(['deep.md', 'lease.txt']);
    const { documents } = under.collections.documents({
      collectionId: id,
      query: 'deep',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 5,
    });
    expect(documents).toMatchObject([{ name: 'deep.md', path: 'a/b/deep.md', usable: true }]);
    expect(await under.collections.follow(`${under.root}/.`)).toMatchObject({ id });
  });

  test('is kept up to date as files come, change, move and go, and reads no more than it has to', async () => {
    const extractor = createFakeExtractor();
    const under = openCollections(extractor);
    await under.write('one.txt', 'The first text.');
    await under.write('sub/two.txt', 'The second text.');
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (_, { documents }) => expect(documents).toBe(2));
    await under.write('new/three.txt', 'The third text.');
    await under.settled(id, () => expect(under.names(id)).toEqual(['one.txt', 'three.txt', 'two.txt']));
    await under.write('one.txt', 'The first text, written anew.');
    await under.settled(id, () => expect(extractor.asked).toHaveLength(4));
    const [one] = under.collections.documents({
      collectionId: id,
      query: 'one',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 5,
    }).documents;
    expect(under.documents.passages(one?.id ?? '', [0])[0]?.text).toContain('anew');
    renameSync(path.join(under.root, 'sub'), path.join(under.root, 'moved'));
    renameSync(path.join(under.root, 'one.txt'), path.join(under.root, 'moved/eins.txt'));
    await under.settled(id, () => expect(under.names(id)).toEqual(['eins.txt', 'three.txt', 'two.txt']));
    const found = under.store.documents.search([one?.id ?? ''], ['eins'], 5);
    expect(found).toHaveLength(1);
    expect(extractor.asked).toHaveLength(4);
    rmSync(path.join(under.root, 'moved'), { recursive: true });
    await under.settled(id, (folder) => expect(folder.files).toBe(1));
    expect(under.names(id)).toEqual(['three.txt']);
    expect(under.store.documents.find(one?.id ?? '')).toBeUndefined();
  });

  test('forgets a file that goes before it was read', async () => {
    const extractor = createFakeExtractor();
    const under = openCollections(extractor);
    const release = extractor.hold();
    for (const name of ['first.txt', 'second.txt', 'third.txt']) await under.write(name, `About ${name}.`);
    const { id } = await under.collections.follow(under.root);
    await expect.poll(() => extractor.asked.length, { timeout: 30_000 }).toBe(1);
    const gone = ['first.txt', 'second.txt', 'third.txt'].filter((name) => !extractor.asked.includes(name));
    for (const name of gone) rmSync(path.join(under.root, name));
    release();
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: 1, failed: 0 }));
    expect(under.names(id)).toEqual([...extractor.asked]);
  });

  test('goes on after a restart where it was, and finds what happened meanwhile', async () => {
    const extractor = createFakeExtractor();
    const database = openTempDatabase();
    const first = openCollections(extractor, { database });
    await first.write('stays.txt', 'It stays.');
    await first.write('goes.txt', 'It goes.');
    await first.write('moves.txt', 'It moves.');
    const { id } = await first.collections.follow(first.root);
    await first.settled(id, (folder) => expect(folder.files).toBe(3));
    await first.end();
    rmSync(path.join(first.root, 'goes.txt'));
    renameSync(path.join(first.root, 'moves.txt'), path.join(first.root, 'moved.txt'));
    await first.write('comes.txt', 'It comes.');
    const second = openCollections(extractor, { database, root: first.root });
    await second.settled(id, () => expect(second.names(id)).toEqual(['comes.txt', 'moved.txt', 'stays.txt']));
    expect(extractor.asked).toHaveLength(4);
  });

  test('that is not there, as when its volume was taken out, keeps what was read until it is back', async () => {
    const extractor = createFakeExtractor();
    const database = openTempDatabase();
    const parent = tempFolder();
    const root = path.join(parent, 'Volume');
    mkdirSync(root);
    const first = openCollections(extractor, { database, root });
    await first.write('lease.txt', 'The lease.');
    const { id } = await first.collections.follow(root);
    await first.settled(id, (folder) => expect(folder.files).toBe(1));
    await first.end();
    renameSync(root, path.join(parent, 'Drawer'));
    const second = openCollections(extractor, { database, root });
    await expect
      .poll(async () => (await second.now(id)).folder?.state, { timeout: 30_000 })
      .toEqual({
        kind: 'unavailable',
        reason: 'ENOENT',
      });
    expect(second.names(id)).toEqual(['lease.txt']);
    // What some systems leave where a volume was.
    mkdirSync(root);
    second.collections.rescan(id);
    await expect
      .poll(async () => (await second.now(id)).folder?.state, { timeout: 30_000 })
      .toEqual({
        kind: 'unavailable',
        reason: 'EMPTY',
      });
    expect(second.names(id)).toEqual(['lease.txt']);
    rmSync(root, { recursive: true });
    renameSync(path.join(parent, 'Drawer'), root);
    second.collections.rescan(id);
    await second.settled(id, (folder) => expect(folder.files).toBe(1));
    expect(extractor.asked).toHaveLength(1);
  });

  test('says of each file that gave nothing why, and tries again when asked to', async () => {
    const extractor = createFakeExtractor();
    const under = openCollections(extractor);
    await under.write('good.txt', 'A good one.');
    await under.write('bad.txt', '%damaged');
    writeFileSync(path.join(under.root, 'huge.txt'), '');
    truncateSync(path.join(under.root, 'huge.txt'), 400_000_000);
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: 3, failed: 2 }));
    expect(under.collections.problems(id, '', 10)).toMatchObject([
      {
        path: 'bad.txt',
        text: { en: expect.stringMatching(/^The file is damaged/), zh: expect.stringMatching(/^该文件已损坏/) },
      },
      { path: 'huge.txt', text: { en: expect.stringContaining('400 MB') } },
    ]);
    expect(under.collections.problems(id, 'bad.txt', 10)).toHaveLength(1);
    expect(extractor.asked).not.toContain('huge.txt');
    expect(under.names(id)).toEqual(['good.txt']);
    const asked = extractor.asked.length;
    under.collections.rescan(id);
    await under.settled(id, () => expect(extractor.asked).toHaveLength(asked + 1));
  });

  test.skipIf(isRoot)('keeps what is in a folder that may not be looked into any more, and says so', async () => {
    const under = openCollections(createFakeExtractor());
    await under.write('open.txt', 'Open.');
    await under.write('closed/kept.txt', 'Kept.');
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (folder) => expect(folder.files).toBe(2));
    chmodSync(path.join(under.root, 'closed'), 0o000);
    under.collections.rescan(id);
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: 2, closedFolders: 1 }));
    chmodSync(path.join(under.root, 'closed'), 0o700);
  });

  test('waits while somebody waits for a dropped file, and can be paused', async () => {
    const extractor = createFakeExtractor();
    const under = openCollections(extractor);
    await under.write('quiet.txt', 'Nobody waits for it.');
    const dropped = path.join(tempFolder(), 'dropped.txt');
    writeFileSync(dropped, 'Somebody waits for it.');
    const release = extractor.hold();
    const file = { path: dropped, name: 'dropped.txt' };
    const adding = (async () => {
      for await (const event of under.documents.add(file, AbortSignal.timeout(60_000))) {
        if (event.type === 'done') return;
      }
    })();
    await expect.poll(() => extractor.asked, { timeout: 30_000 }).toEqual(['dropped.txt']);
    const { id } = await under.collections.follow(under.root);
    await expect
      .poll(async () => (await under.now(id)).folder?.state, { timeout: 30_000 })
      .toEqual({ kind: 'reading', done: 0, total: 1, name: 'quiet.txt' });
    expect(extractor.asked).toEqual(['dropped.txt']);
    expect(under.collections.pause(id, true).folder?.state).toEqual({ kind: 'paused' });
    release();
    await adding;
    await under.write('more.txt', 'Written while it was paused.');
    expect((await under.now(id)).folder?.state).toEqual({ kind: 'paused' });
    expect(extractor.asked).toEqual(['dropped.txt']);
    under.collections.pause(id, false);
    await under.settled(id, () => expect(under.names(id)).toEqual(['more.txt', 'quiet.txt']));
  });

  test('is left alone while its collection is removed, and followed again when that is undone', async () => {
    const under = openCollections(createFakeExtractor());
    await under.write('one.txt', 'One.');
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (folder) => expect(folder.files).toBe(1));
    under.collections.remove(id);
    await under.write('two.txt', 'Two.');
    under.collections.restore(id);
    await under.settled(id, () => expect(under.names(id)).toEqual(['one.txt', 'two.txt']));
  });

  test('does not bring back what a person took out of it, as long as the file stays as it is', async () => {
    const under = openCollections(createFakeExtractor());
    await under.write('one.txt', 'One.');
    await under.write('two.txt', 'Two.');
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (_, { documents }) => expect(documents).toBe(2));
    const [one] = under.collections.documents({
      collectionId: id,
      query: 'one',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 1,
    }).documents;
    under.collections.removeDocuments(id, [one?.id ?? '']);
    under.collections.rescan(id);
    await under.settled(id, () => expect(under.names(id)).toEqual(['two.txt']));
    under.store.documents.purge(Number.MAX_SAFE_INTEGER);
    under.collections.rescan(id);
    await under.settled(id, () => expect(under.names(id)).toEqual(['two.txt']));
    await under.write('one.txt', 'One, and more.');
    await under.settled(id, () => expect(under.names(id)).toEqual(['one.txt', 'two.txt']));
  });

  test('is read by the real reader', async () => {
    const under = openCollections(openExtractor());
    await under.write('合同.md', '# 押金\n\n租客须缴纳押金2400元。');
    writeFileSync(path.join(under.root, 'report.pdf'), makePdf([textPage(1).page, textPage(2).page]));
    await under.write('broken.pdf', '%PDF-1.7 and then nothing');
    const { id } = await under.collections.follow(under.root);
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: 3, failed: 1 }));
    expect(under.names(id).toSorted()).toEqual(['report.pdf', '合同.md'].toSorted());
    expect(
      under.documents
        .choose({ documentIds: [], collectionIds: [id], question: '押金是多少？', before: '', budgetTokens: 4000 })
        .passages.map(({ text }) => text)
        .join(),
    ).toContain('2400');
  }, 120_000);
});

test('folders that cannot be followed are refused with the reason', async () => {
  const under = openCollections(createFakeExtractor());
  await under.write('file.txt', 'A file.');
  for (const wrong of ['relative', '/', path.join(under.root, 'gone'), path.join(under.root, 'file.txt')]) {
    await expect(under.collections.follow(wrong)).rejects.toMatchObject({ code: 'FOLDER_UNUSABLE' });
  }
});

test('a file that is replaced by one of the same size and time is not noticed, one of another time is', async () => {
  const extractor = createFakeExtractor();
  const under = openCollections(extractor);
  await under.write('one.txt', 'aaaa');
  const { id } = await under.collections.follow(under.root);
  await under.settled(id, (folder) => expect(folder.files).toBe(1));
  const later = new Date(Date.now() + 60_000);
  utimesSync(path.join(under.root, 'one.txt'), later, later);
  // The same content is known: it is looked at, and not read again.
  await under.settled(id, () =>
    expect(under.store.watches.at(id, ['one.txt'])[0]).toMatchObject({ modifiedMs: later.getTime(), state: 'read' }),
  );
  expect(extractor.asked).toEqual(['one.txt']);
});
