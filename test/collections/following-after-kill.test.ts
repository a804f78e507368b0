import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { build } from '../../electron/store/query-builder.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { startScript } from '../store/child-script.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { openCollections } from './collections-under-test.ts';

const fileCount = 400;
/** How many files each process begins to read before it is killed. None: in the look through the folder. */
const kills = [0, 1, 7, 60, 3, 90];

/** A word that stands in one file only. */
const wordOf = (index: number): string =>
  `zy${[...String(index)].map((digit) => 'bcdfghjklm'[Number(digit)] ?? '').join('')}q`;
const nameOf = (index: number): string => `${index % 20}/file-${index}.txt`;

test(
  'a folder whose reading is killed again and again is read once, with nothing twice and nothing lost',
  { timeout: 240_000 },
  async () => {
    const root = tempFolder();
    const dataDirectory = tempFolder();
    const databasePath = path.join(tempFolder(), 'clawdbot.db');
    for (let part = 0; part < 20; part += 1) mkdirSync(path.join(root, String(part)));
    for (let index = 0; index < fileCount; index += 1) {
      const long = Array.from({ length: index % 40 === 0 ? 150 : 1 }, (_, at) => `# Part ${at}\n\nSome words of it.`);
      writeFileSync(path.join(root, nameOf(index)), [`This is about ${wordOf(index)}.`, ...long].join('\n\n'));
    }
    for (const [round, begun] of kills.entries()) {
      const child = startScript(`
        import { followFolder } from './test/collections/following-child.ts';
        await followFolder(${JSON.stringify(databasePath)}, ${JSON.stringify(dataDirectory)}, ${JSON.stringify(root)});`);
      await child.line((line) => line === JSON.stringify({ read: begun }));
      // Another moment of the work each time.
      await delay(round * 3);
      await child.kill();
    }
    rmSync(path.join(root, nameOf(3)));
    writeFileSync(path.join(root, nameOf(4)), 'It was written anew, and is about somethingelse.');

    const database = openTempDatabase({ path: databasePath });
    const extractor = createFakeExtractor();
    const under = openCollections(extractor, { database, root });
    const { id } = await under.collections.follow(root);
    await under.settled(id, (folder) => expect(folder).toMatchObject({ files: fileCount - 1, failed: 0 }));

    const countOf = (table: string): number =>
      Number(database.first(sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.compile(build))?.n);
    await expect.poll(() => under.store.documents.unfinished(), { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => countOf('documents'), { timeout: 30_000 }).toBe(fileCount - 1);
    expect(countOf('collection_documents')).toBe(fileCount - 1);
    expect(countOf('watched_files')).toBe(fileCount - 1);
    const found = Array.from({ length: fileCount }, (_, index) =>
      under.store.documents.search([], [wordOf(index)], 5, [id]).map(({ documentId }) => documentId),
    );
    const lost = found.flatMap((ids, index) => (ids.length === 1 || index === 3 || index === 4 ? [] : [nameOf(index)]));
    expect(lost).toEqual([]);
    expect([found[3], found[4]]).toEqual([[], []]);
    expect(under.store.documents.search([], ['somethingelse'], 5, [id])).toHaveLength(1);
    expect(new Set(found.flat()).size).toBe(fileCount - 2);
    // What was read before a kill is not read again.
    expect(extractor.asked.length).toBeLessThan(fileCount - 60 - 90);
  },
);
