import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { lockDataDirectory } from '../../electron/store/data-directory-lock.ts';
import { startScript } from './child-script.ts';
import { failureOf } from './failure-of.ts';
import { tempFolder } from './temp-folder.ts';

function holdInAnotherProcess(folder: string) {
  return startScript(`
    import { lockDataDirectory } from './electron/store/data-directory-lock.ts';
    const lock = lockDataDirectory(${JSON.stringify(folder)});
    lock.announce('http://127.0.0.1:25293/');
    console.log('held');
    setInterval(() => {}, 1000);`);
}

test('a second start on the same folder is told who has it and where', async () => {
  const folder = tempFolder();
  const holder = holdInAnotherProcess(folder);
  await holder.line((line) => line === 'held');
  const error = failureOf(() => lockDataDirectory(folder));
  expect(error.code).toBe('DATA_DIRECTORY_IN_USE');
  expect(error.data).toEqual({ path: folder, processId: holder.process.pid, url: 'http://127.0.0.1:25293/' });
  expect(error.message).toContain('http://127.0.0.1:25293/');
  expect(error.message).toContain('--data-dir');
});

test('the lock of a killed process is free at once', async () => {
  const folder = tempFolder();
  const holder = holdInAnotherProcess(folder);
  await holder.line((line) => line === 'held');
  await holder.kill();
  expect(existsSync(path.join(folder, 'lock.json'))).toBe(true);
  using lock = lockDataDirectory(folder);
  lock.announce(null);
  expect(failureOf(() => lockDataDirectory(folder)).data).toEqual({ path: folder, processId: process.pid, url: null });
});

test('a lock given back can be taken again, and giving back twice is harmless', () => {
  const folder = tempFolder();
  const first = lockDataDirectory(folder);
  first[Symbol.dispose]();
  using second = lockDataDirectory(folder);
  first[Symbol.dispose]();
  second.announce('http://127.0.0.1:1/');
  expect(failureOf(() => lockDataDirectory(folder)).data).toMatchObject({ url: 'http://127.0.0.1:1/' });
});

test('two folders do not know of each other, and the files are readable by their owner only', () => {
  const folder = tempFolder();
  using first = lockDataDirectory(folder);
  using second = lockDataDirectory(tempFolder());
  expect(first).not.toBe(second);
  for (const name of ['lock', 'lock.json']) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
});

test('a description that cannot be read does not hide that the folder is taken', () => {
  const folder = tempFolder();
  using lock = lockDataDirectory(folder);
  expect(lock).toBeDefined();
  writeFileSync(path.join(folder, 'lock.json'), '{"processId": "rm -rf"}');
  const error = failureOf(() => lockDataDirectory(folder));
  expect(error.code).toBe('DATA_DIRECTORY_IN_USE');
  expect(error.data).toEqual({ path: folder, processId: null, url: null });
});

test('a folder that cannot be used is named', () => {
  const error = failureOf(() => lockDataDirectory(path.join(tempFolder(), 'missing')));
  expect(error.code).toBe('DATA_DIRECTORY_UNUSABLE');
  expect(error.data).toMatchObject({ reason: 'it does not exist' });
});
