import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromHalf, toHalf } from '../../models/starter/export/half-floats.ts';
import { toQ8 } from '../../models/starter/export/quantise.ts';
import { readWeights } from '../../models/starter/export/read-weights.ts';
import { starterGguf } from '../../models/starter/export/starter-gguf.ts';
import { packRows } from '../../models/starter/generate/pack-rows.ts';
import { readVocabulary } from '../../models/starter/tokeniser/vocabulary.ts';
import { encodeHeader, tensorBytes } from '../model/gguf-writer.ts';
import { untrainedWeights } from './untrained-weights.ts';

describe('numbers of the file', () => {
  it('reads every half-precision number and writes it back', () => {
    for (let bits = 0; bits < 0x7c00; bits += 1) {
      expect(toHalf(fromHalf(bits))).toBe(bits);
      expect(toHalf(-fromHalf(bits))).toBe(bits | 0x8000);
    }
    expect(toHalf(1e9)).toBe(0x7c00);
  });

  it('rounds to the nearest half-precision number', () => {
    fc.assert(
      fc.property(fc.double({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
        const [near, bits] = [Math.abs(fromHalf(toHalf(value)) - value), toHalf(value)];
        for (const other of [bits - 1, bits + 1]) {
          if ((other & 0x7c00) === 0x7c00 || other < 0) continue;
          expect(near).toBeLessThanOrEqual(Math.abs(fromHalf(other) - value));
        }
      }),
    );
  });

  it('quantises to at most half a step beside the weight', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 32, maxLength: 32 }), (values) => {
        const halves = Uint16Array.from(values, toHalf);
        const view = new DataView(toQ8(halves).buffer);
        const scale = fromHalf(view.getUint16(0, true));
        const largest = Math.max(...Array.from(halves, (bits) => Math.abs(fromHalf(bits))));
        for (const [index, bits] of halves.entries()) {
          const back = view.getInt8(2 + index) * scale;
          expect(Math.abs(back - fromHalf(bits))).toBeLessThanOrEqual(largest * 0.005 + 1e-4);
        }
      }),
    );
  });
});

describe('the exported model', () => {
  it('of the full shape stays below 24 MB', () => {
    const vocabulary = readVocabulary();
    const shape = { width: 320, layers: 10, heads: 10, headsKv: 5, feedForward: 864, context: 1024 };
    const file = starterGguf(untrainedWeights(vocabulary.size, shape, 'zeros'), vocabulary, 'Q8_0');
    const weights = file.tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
    expect(encodeHeader(file).length + weights).toBeLessThan(24e6);
    expect(weights).toBeGreaterThan(10e6);
  });

  it('refuses weights of another vocabulary', () => {
    expect(() => starterGguf(untrainedWeights(100), readVocabulary(), 'Q8_0')).toThrow(/100 tokens/);
  });
});

describe('weights in parts', () => {
  const about = {
    tensors: [{ name: 'a', shape: [2, 2] }],
    shape: { width: 32, layers: 1, heads: 2, headsKv: 1, feedForward: 32, context: 512 },
    state: { step: 1, tokens: 2, seconds: 3 },
  };

  async function withParts(parts: readonly Uint16Array[], check: (folder: string) => void): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'starter-weights-'));
    try {
      await writeFile(path.join(folder, 'weights.json'), JSON.stringify(about));
      for (const [index, part] of parts.entries()) {
        await writeFile(path.join(folder, `weights-${index}.part`), new Uint8Array(part.buffer));
      }
      check(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('are put together in order', async () => {
    await withParts([Uint16Array.of(1, 2, 3), Uint16Array.of(4)], (folder) => {
      expect([...(readWeights(folder).tensors.get('a')?.halves ?? [])]).toEqual([1, 2, 3, 4]);
    });
  });

  it('are refused when one is missing', async () => {
    await withParts([Uint16Array.of(1, 2, 3)], (folder) =>
      expect(() => readWeights(folder)).toThrow(/holds 3 weights/),
    );
  });
});

describe('packing rows', () => {
  it('keeps every conversation whole and within its row', () => {
    const samples = Array.from({ length: 300 }, (_, index) =>
      Array.from({ length: 3 + (index % 17) }, () => index + 1),
    );
    const packed = packRows(samples, 40, 20);
    const rows = Array.from({ length: 20 }, (_, row) => [...packed.subarray(row * 40, (row + 1) * 40)]);
    for (const row of rows) {
      const counts = Map.groupBy(
        row.filter((token) => token !== 0),
        (token) => token,
      );
      for (const [token, found] of counts) expect(found.length).toBe(3 + ((token - 1) % 17));
    }
    expect(rows.flat().filter((token) => token === 0).length).toBeLessThan(20 * 40 * 0.2);
  });
});
