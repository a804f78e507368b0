import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { inspectGguf } from '../../../shared/model/gguf/inspect.ts';
import { encodeHeader } from '../../model/gguf-writer.ts';
import { tinyModel } from '../../model/tiny-model.ts';
import { bytesSource, encodeGguf } from './bytes-source.ts';

const patience = { timeout: 120_000 };
const whole = encodeGguf(tinyModel());
const headerBytes = encodeHeader(tinyModel()).length;
const chunkBytes = 256 * 1024;

/** Either a summary or the declared error, after reading no more than there is. */
async function expectSurvived(bytes: Uint8Array): Promise<'summary' | 'refused'> {
  const source = bytesSource(bytes);
  try {
    const summary = await inspectGguf(source);
    expect(summary.weightsBytes).toBeLessThanOrEqual(bytes.length);
    return 'summary';
  } catch (error) {
    expect(error).toBeInstanceOf(GgufError);
    return 'refused';
  } finally {
    expect(source.largestBytes).toBeLessThanOrEqual(Math.max(chunkBytes, bytes.length));
    expect(source.totalBytes).toBeLessThanOrEqual(bytes.length * 2 + chunkBytes);
  }
}

describe('bytes from anywhere', () => {
  test('cut off at any place are refused', patience, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        expect(await expectSurvived(whole.slice(0, length))).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });

  test('changed in a few places give a summary or the declared error', patience, async () => {
    const change = fc.tuple(fc.integer({ min: 0, max: headerBytes - 1 }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        await expectSurvived(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('with a length replaced by an extreme one give a summary or the declared error', patience, async () => {
    const extreme = fc.constantFrom(
      0n,
      1n,
      255n,
      1n << 31n,
      1n << 32n,
      1n << 53n,
      1n << 60n,
      1n << 63n,
      (1n << 64n) - 1n,
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: headerBytes - 8 }), extreme, async (at, value) => {
        const bytes = whole.slice();
        new DataView(bytes.buffer).setBigUint64(at, value, true);
        await expectSurvived(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('that are noise behind a sound beginning are refused', patience, async () => {
    const counts = fc.tuple(fc.bigInt({ min: 0n, max: 40n }), fc.bigInt({ min: 0n, max: 40n }));
    await fc.assert(
      fc.asyncProperty(counts, fc.uint8Array({ maxLength: 4096 }), async ([tensors, entries], noise) => {
        const bytes = new Uint8Array(24 + noise.length);
        bytes.set(whole.subarray(0, 8));
        new DataView(bytes.buffer).setBigUint64(8, tensors, true);
        new DataView(bytes.buffer).setBigUint64(16, entries, true);
        bytes.set(noise, 24);
        expect(await expectSurvived(bytes)).toBe('refused');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a list that claims more than the file holds', () => {
  test('is refused before anything is allocated for it', async () => {
    const bytes = Buffer.from(whole);
    const scores = bytes.indexOf('tokenizer.ggml.scores') + 'tokenizer.ggml.scores'.length + 8;
    bytes.writeBigUInt64LE(1n << 40n, scores);
    const source = bytesSource(bytes);
    await expect(inspectGguf(source)).rejects.toThrow('The file ends in the entry "tokenizer.ggml.scores"');
    expect(source.totalBytes).toBeLessThanOrEqual(bytes.length);
  });

  test('of words is refused even where the file is large enough', async () => {
    const head = encodeHeader({ metadata: { 'tokenizer.ggml.tokens': { type: 'strings', value: [] } }, tensors: [] });
    const header = Buffer.from(head);
    const at = header.indexOf('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8;
    header.writeBigUInt64LE(1n << 33n, at);
    // A file of 1 TB that answers zeros: 2^33 empty words would fit into it.
    const source = {
      sizeBytes: 2 ** 40,
      read: (offset: number, length: number) => {
        const bytes = new Uint8Array(length);
        if (offset < header.length) bytes.set(header.subarray(offset, Math.min(header.length, offset + length)));
        return Promise.resolve(bytes);
      },
    };
    await expect(inspectGguf(source)).rejects.toThrow('claims 8589934592 texts');
  });
});
