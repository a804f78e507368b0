import { describe, expect, test } from 'vitest';

import { inspectGguf } from '../../../shared/model/gguf/inspect.ts';
import { MetadataLookup } from '../../../shared/model/gguf/metadata-lookup.ts';
import type { MetadataValue } from '../../../shared/model/gguf/metadata-value.ts';
import { readSlidingWindow } from '../../../shared/model/gguf/sliding-window.ts';
import { tinyFamilies } from '../../model/tiny-families.ts';
import { bytesSource, encodeGguf } from './bytes-source.ts';

const count = (value: number): MetadataValue => ({ kind: 'number', type: 'uint32', value });
const flags = (...numbers: number[]): MetadataValue => ({
  kind: 'array',
  elementType: 'bool',
  length: numbers.length,
  numbers,
});

function read(architecture: string, values: Readonly<Record<string, MetadataValue>>, layers = 12) {
  const entries = Object.entries(values).map(([name, value]) => [`${architecture}.attention.${name}`, value] as const);
  return readSlidingWindow(architecture, new MetadataLookup({ values: new Map(entries), tokens: null }), layers);
}

/** Which layers look at everything. */
const whole = (window: ReturnType<typeof read>): number[] =>
  [...(window?.layers.entries() ?? [])].filter(([, slides]) => !slides).map(([layer]) => layer);

describe('layers that look back over a window', () => {
  test.for([
    ['gemma3', [5, 11]],
    ['gpt-oss', [1, 3, 5, 7, 9, 11]],
    ['cohere2', [3, 7, 11]],
    ['olmo2', [3, 7, 11]],
  ] as const)('are all but every so manieth of %s', ([architecture, expected]) => {
    const window = read(architecture, { sliding_window: count(1024) });
    expect(window?.tokens).toBe(1024);
    expect(whole(window)).toEqual(expected);
  });

  test('are those that the file names, in either way', () => {
    expect(whole(read('gemma3', { sliding_window: count(8), sliding_window_pattern: count(3) }, 6))).toEqual([2, 5]);
    expect(whole(read('gemma4', { sliding_window: count(8), sliding_window_pattern: flags(1, 0, 1) }, 3))).toEqual([1]);
  });

  test('are none where there is no window, and where it is not known which', () => {
    expect(read('gemma3', {})).toBeUndefined();
    expect(read('gemma3', { sliding_window: count(0) })).toBeUndefined();
    expect(read('gemma4', { sliding_window: count(8) })).toBeUndefined();
    expect(read('phi3', { sliding_window: count(2048) })).toBeUndefined();
    expect(read('llama', { sliding_window: count(2048) })).toBeUndefined();
    expect(read('gemma2', {})?.tokens).toBe(4096);
  });

  test('are told with the bytes that they take', async () => {
    const { gemma3 } = tinyFamilies;
    if (!gemma3) throw new Error('There is no such family.');
    const { kvBytesPerToken, window } = await inspectGguf(bytesSource(encodeGguf(gemma3)));
    // Its only layer is one of them.
    expect(window).toEqual({ tokens: 64, kvBytesPerToken });
  });
});
