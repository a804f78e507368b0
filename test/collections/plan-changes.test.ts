import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planChanges } from '../../electron/collections/plan-changes.ts';
import type { FoundFile } from '../../electron/store/watched-files.ts';

const file = fc.record({
  path: fc.constantFrom('a', 'b', 'c', 'd/e', 'd/f', 'g'),
  sizeBytes: fc.nat(2),
  modifiedMs: fc.nat(2),
  fileId: fc.constantFrom('1', '2', '3', '4'),
});
const folder = fc.uniqueArray(file, { selector: ({ path }) => path });
const byPath = (files: readonly FoundFile[]): FoundFile[] => files.toSorted((a, b) => a.path.localeCompare(b.path));

describe('what became of a folder', () => {
  test('leads from what is known to what is there, and accounts for every file once', () => {
    fc.assert(
      fc.property(folder, folder, (before, found) => {
        const { add, change, move, remove, same } = planChanges(before, found);
        const after = byPath([...add, ...change, ...move.map(({ to }) => to), ...same]);
        expect(after.map(({ path }) => path)).toEqual(byPath(found).map(({ path }) => path));
        const gone = [...remove, ...move.map(({ from }) => from)];
        const stays = [...change, ...same].map(({ path }) => path);
        expect([...gone.map(({ path }) => path), ...stays].toSorted()).toEqual(
          before.map(({ path }) => path).toSorted(),
        );
      }),
    );
  });

  test('takes a file for moved only when nothing but its path differs, and moves none twice', () => {
    fc.assert(
      fc.property(folder, folder, (before, found) => {
        const { move, same, change, remove, add } = planChanges(before, found);
        for (const { from, to } of move) {
          expect({ ...from, path: '' }).toEqual({ ...to, path: '' });
          expect(found.map(({ path }) => path)).not.toContain(from.path);
        }
        expect(new Set(move.map(({ from }) => from)).size).toBe(move.length);
        for (const { path, sizeBytes, modifiedMs } of same) {
          expect(found).toContainEqual(expect.objectContaining({ path, sizeBytes, modifiedMs }));
        }
        for (const changed of change) expect(before).not.toContainEqual(changed);
        // Whatever is both taken out and new is not the same file.
        for (const gone of remove) {
          for (const fresh of add) {
            const others = [...move.map(({ to }) => to), ...add].filter((other) => other.fileId === gone.fileId);
            if (others.length === 1 && fresh.fileId === gone.fileId) {
              expect({ ...gone, path: '' }).not.toEqual({ ...fresh, path: '' });
            }
          }
        }
      }),
    );
  });

  test('is nothing when nothing happened', () => {
    fc.assert(
      fc.property(folder, (before) => {
        expect(planChanges(before, before.toReversed())).toMatchObject({ add: [], change: [], move: [], remove: [] });
      }),
    );
  });
});
