import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { openOrRepair } from '../../electron/store/open-or-repair.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { startScript } from './child-script.ts';
import { testKey } from './temp-database.ts';
import { tempFolder } from './temp-folder.ts';

const log = createRecordingLog();

/** A database and its log as they lie on the disk after 60 messages, one transaction each. */
async function killedWriter(): Promise<string> {
  const file = path.join(tempFolder(), 'clawdbot.db');
  const child = startScript(`
    import { createStore } from './electron/store/create-store.ts';
    import { openDatabase } from './electron/store/database.ts';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const database = openDatabase({ path: ${JSON.stringify(file)}, key: new Uint8Array(32).fill(7), log });
    const store = createStore(database);
    store.conversations.insert({ id: 'c', title: 't', titleSource: 'person', createdAt: 1, updatedAt: 1, pinned: false, headId: null, modelId: null });
    for (let index = 0; index < 60; index += 1) {
      store.messages.insert({ id: 'm' + index, conversationId: 'c', parentId: index === 0 ? null : 'm' + (index - 1), role: 'user',
        text: 'word '.repeat(50) + index, state: 'done', createdAt: 1, model: null, requestId: null });
    }
    console.log('written');
    setInterval(() => {}, 1000);`);
  await child.line((line) => line === 'written');
  await child.kill();
  return file;
}

test('after a power cut that tore the log anywhere, what is left is whole: the first messages, in order', async () => {
  const file = await killedWriter();
  const wal = readFileSync(`${file}-wal`);
  expect(wal.length).toBeGreaterThan(60 * 4096);
  fc.assert(
    fc.property(fc.nat(wal.length), fc.constantFrom('cut', 'zeros', 'noise'), (at, how) => {
      const folder = tempFolder();
      const torn = path.join(folder, 'clawdbot.db');
      copyFileSync(file, torn);
      if (how === 'cut') writeFileSync(`${torn}-wal`, wal.subarray(0, at));
      else {
        writeFileSync(
          `${torn}-wal`,
          Buffer.concat([wal.subarray(0, at), Buffer.alloc(wal.length - at, how === 'zeros' ? 0 : 0xa7)]),
        );
      }
      using database = openOrRepair({ path: torn, key: testKey, log }).database;
      const left = createStore(database).messages;
      let count = 0;
      while (left.find(`m${count}`) !== undefined) count += 1;
      for (let index = count; index < 60; index += 1) expect(left.find(`m${index}`)).toBeUndefined();
      if (count > 0) expect(left.branch(`m${count - 1}`, 100).messages).toHaveLength(count);
    }),
    { numRuns: 25 },
  );
});

test('a log that was cut off is no reason to repair anything', async () => {
  const file = await killedWriter();
  truncateSync(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size / 2) + 77);
  const { database, repair } = openOrRepair({ path: file, key: testKey, log });
  database[Symbol.dispose]();
  expect(repair).toBeNull();
  expect(existsSync(path.join(path.dirname(file), 'snapshots'))).toBe(false);
  openDatabase({ path: file, key: testKey, log })[Symbol.dispose]();
});
