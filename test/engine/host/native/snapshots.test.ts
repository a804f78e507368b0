import { expect, test } from 'vitest';
import type { SnapshotFile, SnapshotFiles } from '../../../../electron/engine/host/native/snapshot-files.ts';
import { createSnapshots } from '../../../../electron/engine/host/native/snapshots.ts';

const mine = 'aaaaaaaaaaaaaaaa';
const yours = 'bbbbbbbbbbbbbbbb';

/** A folder that is only remembered. */
function openFolder() {
  const states = new Map<SnapshotFile, Uint8Array>();
  const files: SnapshotFiles = {
    list: async () => [...states.keys()],
    read: async (file) => {
      const state = states.get(file);
      return state && Buffer.from(state);
    },
    async write(owner, tokens, state) {
      const file = { path: `${states.size}`, owner, tokens: [...tokens], stateBytes: state.length };
      states.set(file, state);
      return file;
    },
    remove: (file) => void states.delete(file),
  };
  return { files, written: () => [...states.keys()].map(({ tokens }) => tokens.length) };
}

const run = (length: number, from = 0): number[] => Array.from({ length }, (_, index) => from + index);
const bytes = (value: number, sizeBytes = 8): Uint8Array => new Uint8Array(sizeBytes).fill(value);

test('the state that has most in common with a prompt is found, in memory or on disk', async () => {
  const folder = openFolder();
  await folder.files.write(yours, run(50), bytes(2));
  await using snapshots = await createSnapshots({ files: folder.files, memoryBudgetBytes: 1000 });
  snapshots.keep(mine, [...run(20), 999], bytes(1));
  const found = snapshots.find([...run(40), 7]);
  expect(found?.commonTokens).toBe(40);
  expect(found && (await snapshots.read(found.snapshot))?.[0]).toBe(2);
  expect(snapshots.find([...run(20), 999, 5])?.commonTokens).toBe(21);
  expect(snapshots.find([12345])).toBeUndefined();
});

test('a conversation that has grown takes the place of what it was, on disk too, but not of another that begins alike', async () => {
  const folder = openFolder();
  await using snapshots = await createSnapshots({ files: folder.files, memoryBudgetBytes: 1000 });
  snapshots.keep(mine, run(100), bytes(1));
  snapshots.keep(yours, run(100), bytes(2));
  await snapshots.flush();
  snapshots.keep(mine, run(300), bytes(3));
  await snapshots.flush();
  expect(folder.written().toSorted((a, b) => a - b)).toEqual([100, 300]);
});

test('a few more words are not worth writing a conversation to disk again while it is in memory', async () => {
  const folder = openFolder();
  const snapshots = await createSnapshots({ files: folder.files, memoryBudgetBytes: 1000 });
  snapshots.keep(mine, run(1000), bytes(1));
  await snapshots.flush();
  snapshots.keep(mine, run(1050), bytes(2));
  await snapshots.flush();
  expect(folder.written()).toEqual([1000]);
  await snapshots[Symbol.asyncDispose]();
  expect(folder.written()).toEqual([1050]);
});

test('what does not fit into memory goes to disk, the longest unused first', async () => {
  const folder = openFolder();
  await using snapshots = await createSnapshots({ files: folder.files, memoryBudgetBytes: 25 });
  snapshots.keep(mine, run(99, 1000), bytes(1, 10));
  snapshots.keep(mine, run(99, 2000), bytes(2, 10));
  const first = snapshots.find(run(99, 1000));
  if (first) await snapshots.read(first.snapshot);
  snapshots.keep(mine, run(99, 3000), bytes(3, 10));
  await expect.poll(folder.written).toHaveLength(1);
  const found = snapshots.find(run(99, 2000));
  expect(found && (await snapshots.read(found.snapshot))?.[0]).toBe(2);
});

test('nothing of a forgotten owner is found or written any more', async () => {
  const folder = openFolder();
  const snapshots = await createSnapshots({ files: folder.files, memoryBudgetBytes: 1000 });
  snapshots.keep(mine, run(100), bytes(1));
  await snapshots.flush();
  snapshots.keep(mine, run(400), bytes(2));
  const writing = snapshots.flush();
  snapshots.forget(mine);
  await writing;
  expect(snapshots.find(run(400))).toBeUndefined();
  await snapshots[Symbol.asyncDispose]();
  expect(folder.written()).toEqual([]);
});

test('a file that cannot be taken away does not keep later states from being written', async () => {
  const folder = openFolder();
  const remove = (): void => {
    throw new Error('EPERM');
  };
  await using snapshots = await createSnapshots({ files: { ...folder.files, remove }, memoryBudgetBytes: 1000 });
  for (const length of [100, 200]) {
    snapshots.keep(mine, run(length), bytes(1));
    await snapshots.flush();
  }
  snapshots.keep(yours, run(100, 5000), bytes(2));
  await snapshots.flush();
  expect(folder.written()).toEqual([100, 200, 100]);
});
