import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSnapshotFiles, type SnapshotFile } from '../../../../electron/engine/host/native/snapshot-files.ts';

const key = new Uint8Array(32).fill(7);
const owner = '0123456789abcdef';
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'clawdbot-states-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(changes: { budgetBytes?: number; key?: Uint8Array; fingerprint?: string } = {}) {
  const { budgetBytes = 1e9, fingerprint = 'model' } = changes;
  return openSnapshotFiles({ directory, key: changes.key ?? key, budgetBytes, memoryBudgetBytes: 0 }, fingerprint);
}

function state(sizeBytes: number, fill = 1): Uint8Array {
  return new Uint8Array(sizeBytes).fill(fill);
}

async function write(files: ReturnType<typeof open>, tokens: number[], bytes: Uint8Array): Promise<SnapshotFile> {
  const file = await files.write(owner, tokens, bytes);
  if (!file) throw new Error('It was not written.');
  return file;
}

test('what is written is found after a restart, with its tokens and every byte of its state', async () => {
  const tokens = [1, 2, 3, -1, 2_000_000];
  const bytes = Uint8Array.from({ length: 2_500_001 }, (_, index) => index % 251);
  await write(open(), tokens, bytes);
  const again = open();
  const [found, ...others] = await again.list();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ owner, tokens, stateBytes: bytes.length });
  expect(found && Buffer.compare((await again.read(found)) ?? Buffer.alloc(0), bytes)).toBe(0);
});

test('neither tokens nor state can be read from the file', async () => {
  const tokens = Array.from({ length: 64 }, (_, index) => 0x41424344 + index);
  const file = await write(open(), tokens, Buffer.from('a secret that was calculated'));
  const bytes = readFileSync(file.path);
  expect(bytes.includes('secret')).toBe(false);
  expect(bytes.includes(Buffer.from(Int32Array.from(tokens.slice(0, 4)).buffer))).toBe(false);
});

test('another model, other parameters or another key see nothing of it, and leave it where it is', async () => {
  await write(open(), [1], state(10));
  expect(await open({ fingerprint: 'another' }).list()).toEqual([]);
  expect(await open({ key: new Uint8Array(32) }).list()).toEqual([]);
  expect(await open().list()).toHaveLength(1);
});

test('a file that was changed anywhere, or cut off, is never used, and is deleted', async () => {
  const tokens = [5, 6, 7];
  const bytes = state(3000, 3);
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      fc.integer({ min: 0, max: 255 }),
      async (at, value) => {
        const file = await write(open(), tokens, bytes);
        const whole = readFileSync(file.path);
        const index = Math.floor(at * whole.length);
        const damaged = value === whole[index] ? whole.subarray(0, index) : Buffer.from(whole);
        if (damaged.length === whole.length) damaged[index] = value;
        writeFileSync(file.path, damaged);
        const files = open();
        const [listed] = await files.list();
        if (listed) {
          expect(listed.tokens).toEqual(tokens);
          expect(await files.read(listed)).toBeUndefined();
        }
        expect(readdirSync(directory)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('whole files of noise under a right name are deleted', async () => {
  const { path: file } = await write(open(), [1], state(10));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
      writeFileSync(file, noise);
      expect(await open().list()).toEqual([]);
      expect(readdirSync(directory)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('the budget is kept by deleting what was not used for the longest time, of whichever model', async () => {
  const files = open({ budgetBytes: 4000 });
  const other = open({ budgetBytes: 4000, fingerprint: 'another' });
  const oldest = await write(other, [1], state(1500));
  const used = await write(files, [2], state(1500));
  utimesSync(oldest.path, 1, 1);
  utimesSync(used.path, 2, 2);
  await files.read(used);
  const third = await write(files, [3], state(1500));
  expect(await other.list()).toEqual([]);
  expect((await files.list()).map(({ tokens }) => tokens[0]).toSorted()).toEqual([2, 3]);
  utimesSync(third.path, 1, 1);
  await write(files, [4], state(1500));
  expect((await files.list()).map(({ tokens }) => tokens[0]).toSorted()).toEqual([2, 4]);
});

test('one that would take more than half of the budget is not written, and pushes nothing out', async () => {
  const files = open({ budgetBytes: 1000 });
  await write(files, [1], state(300));
  expect(await files.write(owner, [2], state(600))).toBeUndefined();
  expect(await files.list()).toHaveLength(1);
});

test('a folder that was taken away holds nothing, and nothing is written', async () => {
  const files = open();
  rmSync(directory, { recursive: true });
  expect(await files.list()).toEqual([]);
  expect(await files.write(owner, [1], state(10))).toBeUndefined();
});

test('what a crash left unfinished is cleared away', async () => {
  const { path: file } = await write(open(), [1], state(10));
  writeFileSync(`${file.slice(0, -3)}.part`, 'half');
  expect(await open().list()).toHaveLength(1);
  expect(readdirSync(directory)).toEqual([path.basename(file)]);
});
