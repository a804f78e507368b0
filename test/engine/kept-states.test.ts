import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeptStates } from '../../electron/engine/kept-states.ts';
import { silentLog } from '../fakes/silent-log.ts';

let parent: string;
let directory: string;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'clawdbot-kept-'));
  directory = path.join(parent, 'states');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function open(budgetBytes = 1000, databaseKey = new Uint8Array(32).fill(9)) {
  const totalMemoryBytes = () => 16 * 2 ** 30;
  return openKeptStates({ directory, databaseKey, budgetBytes: () => budgetBytes, totalMemoryBytes, log: silentLog });
}

test('the folder is made for its owner alone, and the key is not that of the database', () => {
  const options = open().options();
  expect(options).toMatchObject({ directory, budgetBytes: 1000, memoryBudgetBytes: 512 * 2 ** 20 });
  expect(options?.key).toHaveLength(32);
  expect(options?.key.every((byte) => byte === 9)).toBe(false);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('the same conversation has the same name after a restart, another key another one', () => {
  expect(open().ownerOf('one')).toMatch(/^[0-9a-f]{16}$/);
  expect(open().ownerOf('one')).toBe(open().ownerOf('one'));
  expect(open().ownerOf('two')).not.toBe(open().ownerOf('one'));
  expect(open(1, new Uint8Array(32)).ownerOf('one')).not.toBe(open().ownerOf('one'));
});

test('forgetting a conversation deletes its files of every model and no others', () => {
  const states = open();
  states.forget('one');
  mkdirSync(directory);
  const [one, two] = [states.ownerOf('one'), states.ownerOf('two')];
  for (const name of [`aa-${one}-1.kv`, `bb-${one}-2.part`, `aa-${two}-3.kv`]) {
    writeFileSync(path.join(directory, name), '');
  }
  states.forget('one');
  expect(readdirSync(directory)).toEqual([`aa-${two}-3.kv`]);
});

test('who wants nothing kept finds nothing kept', () => {
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'aa-bb-cc.kv'), '');
  expect(open(0).options()).toBeUndefined();
  expect(readdirSync(directory)).toEqual([]);
});

test('a folder that cannot be made costs speed only', () => {
  writeFileSync(directory, 'a file');
  expect(open().options()).toBeUndefined();
  expect(() => open().forget('one')).not.toThrow();
});
