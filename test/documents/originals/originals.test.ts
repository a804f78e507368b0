import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import type { Originals } from '../../../electron/documents/originals.ts';
import { createOriginals } from '../../../electron/documents/originals/create-originals.ts';
import { chunkBytes } from '../../../electron/documents/originals/sealed-original.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { tempFolder } from '../../store/temp-folder.ts';

const key = randomBytes(32);
const never = new AbortController().signal;

function underTest(limitBytes?: number) {
  const place = tempFolder();
  const folder = path.join(place, 'originals');
  const log = createRecordingLog();
  const open = (databaseKey = key): Originals =>
    createOriginals({ folder, databaseKey, log, ...(limitBytes === undefined ? {} : { limitBytes }) });
  return {
    folder,
    log,
    open,
    originals: open(),
    files: () => readdirSync(folder),
    write(bytes: Buffer, name = 'source') {
      const file = path.join(place, name);
      writeFileSync(file, bytes);
      return { path: file, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
    },
  };
}

async function keep(originals: Originals, source: Parameters<Originals['stage']>[0]): Promise<void> {
  using staged = await originals.stage(source, never);
  if (staged === undefined) throw new Error('It was not kept.');
  staged.commit();
}

const lengths = [1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes + 12_345];

describe('originals', () => {
  test.each(lengths)('come back as they were, whole and in parts: %i bytes', async (length) => {
    const { originals, open, write } = underTest();
    const bytes = randomBytes(length);
    const source = write(bytes);
    await keep(originals, source);
    // Another run with the same key reads them too.
    const again = open();
    expect((await again.read(source.sha256, 0, length + 10)).toString()).toBe(bytes.toString());
    for (const offset of [0, 1, chunkBytes - 1, chunkBytes, 2 * chunkBytes + 7, length - 1, length, length + 5]) {
      for (const size of [1, 100, chunkBytes + 3]) {
        const part = Buffer.from(await again.read(source.sha256, offset, size));
        expect(part.equals(bytes.subarray(offset, offset + size)), `${offset}+${size}`).toBe(true);
      }
    }
  });

  test('are unreadable on the disk, under names that tell nothing', async () => {
    const { folder, originals, files, write } = underTest();
    const source = write(Buffer.from('The gate code is 4711. '.repeat(20_000)));
    await keep(originals, source);
    const [name = ''] = files();
    expect(files()).toHaveLength(1);
    expect(source.sha256).not.toContain(name.slice(0, 8));
    expect(readFileSync(path.join(folder, name)).includes('4711')).toBe(false);
  });

  test('are kept once for each content', async () => {
    const { originals, files, write } = underTest();
    const bytes = randomBytes(5_000);
    await keep(originals, write(bytes, 'a'));
    await keep(originals, write(bytes, 'b'));
    await keep(originals, write(randomBytes(5_000), 'c'));
    expect(files()).toHaveLength(2);
  });

  test('are nothing without the key', async () => {
    const { originals, open, write } = underTest();
    const source = write(randomBytes(5_000));
    await keep(originals, source);
    expect(open(randomBytes(32)).has(source.sha256)).toBe(false);
    await expect(open(randomBytes(32)).read(source.sha256, 0, 10)).rejects.toMatchObject({ code: 'ORIGINAL_MISSING' });
  });

  test('that were changed, cut off or put together anew are noticed, whatever was done to them', async () => {
    const { folder, originals, files, write } = underTest();
    const bytes = randomBytes(2 * chunkBytes + 1_000);
    const source = write(bytes);
    await keep(originals, source);
    const file = path.join(folder, files()[0] ?? '');
    const whole = readFileSync(file);
    const anywhere = fc.nat({ max: whole.length - 1 });
    const change = fc.oneof(
      fc.tuple(anywhere, fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ bits;
        return changed;
      }),
      anywhere.map((length) => whole.subarray(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 64 }).map((more) => Buffer.concat([whole, more])),
      fc.tuple(anywhere, anywhere).map(([from, to]) => {
        const torn = Buffer.from(whole);
        torn.fill(0, Math.min(from, to), Math.max(from, to) + 1);
        return torn;
      }),
    );
    await fc.assert(
      fc.asyncProperty(change, async (changed) => {
        fc.pre(!changed.equals(whole));
        writeFileSync(file, changed);
        await expect(originals.read(source.sha256, 0, bytes.length)).rejects.toMatchObject({
          code: 'ORIGINAL_DAMAGED',
        });
        expect(originals.has(source.sha256)).toBe(false);
      }),
      { numRuns: 150 },
    );
    // Dropping the file again heals it.
    await keep(originals, source);
    expect(Buffer.from(await originals.read(source.sha256, 0, bytes.length)).equals(bytes)).toBe(true);
  });

  test('have no two chunks that could change places, within one or between two', async () => {
    const { folder, originals, files, write } = underTest();
    const sealedChunk = chunkBytes + 28;
    const sources = [write(Buffer.alloc(2 * chunkBytes, 1), 'a'), write(Buffer.alloc(2 * chunkBytes, 2), 'b')] as const;
    await keep(originals, sources[0]);
    const first = path.join(folder, files()[0] ?? '');
    const bytes = readFileSync(first);
    const head = bytes.length - 2 * sealedChunk;
    const chunk = (of: Buffer, index: number) =>
      of.subarray(head + index * sealedChunk, head + (index + 1) * sealedChunk);
    const swapped = Buffer.concat([bytes.subarray(0, head), chunk(bytes, 1), chunk(bytes, 0)]);
    writeFileSync(first, swapped);
    await expect(originals.read(sources[0].sha256, 0, 10)).rejects.toMatchObject({ code: 'ORIGINAL_DAMAGED' });

    await keep(originals, sources[0]);
    const own = readFileSync(first);
    await keep(originals, sources[1]);
    const other = readFileSync(path.join(folder, files().find((name) => !first.endsWith(name)) ?? ''));
    writeFileSync(first, Buffer.concat([own.subarray(0, head), chunk(own, 0), chunk(other, 1)]));
    expect(await originals.read(sources[0].sha256, 0, 10)).toHaveLength(10);
    await expect(originals.read(sources[0].sha256, chunkBytes, 10)).rejects.toMatchObject({ code: 'ORIGINAL_DAMAGED' });
    // A whole file of ours under the name of another.
    writeFileSync(first, other);
    await expect(originals.read(sources[0].sha256, 0, 10)).rejects.toMatchObject({ code: 'ORIGINAL_DAMAGED' });
  });

  test('that were not kept say so; a large one, one that changed meanwhile, and one given up leave nothing', async () => {
    const { originals, files, log, write } = underTest(10_000);
    await expect(originals.read('00', 0, 10)).rejects.toMatchObject({ code: 'ORIGINAL_MISSING' });
    expect(await originals.stage(write(randomBytes(10_001)), never)).toBeUndefined();
    const changed = write(randomBytes(9_000));
    write(randomBytes(9_000));
    expect(await originals.stage(changed, never)).toBeUndefined();
    write(randomBytes(9_500));
    expect(await originals.stage(changed, never)).toBeUndefined();
    expect(log.entries.map(({ message }) => message)).toContain('an original could not be kept');
    const source = write(randomBytes(9_000));
    await expect(originals.stage(source, AbortSignal.abort())).rejects.toThrow('aborted');
    {
      using staged = await originals.stage(source, never);
      expect(staged).toBeDefined();
    }
    expect(files()).toEqual([]);
  });

  test('of nobody are deleted, and what an earlier run left unfinished', async () => {
    const { folder, originals, open, files, write } = underTest();
    const [a, b] = [write(randomBytes(100), 'a'), write(randomBytes(100), 'b')];
    await keep(originals, a);
    await keep(originals, b);
    originals.sweep([a.sha256]);
    expect([originals.has(a.sha256), originals.has(b.sha256)]).toEqual([true, false]);
    writeFileSync(path.join(folder, 'left.part'), 'x');
    originals.sweep([a.sha256]);
    expect(files()).toContain('left.part');
    open();
    expect(files()).toHaveLength(1);
  });
});
