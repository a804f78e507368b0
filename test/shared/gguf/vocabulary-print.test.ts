import { describe, expect, test } from 'vitest';

import { inspectGguf } from '../../../shared/model/gguf/inspect.ts';
import { findVocabularyMismatch, type VocabularyPrint } from '../../../shared/model/gguf/vocabulary-print.ts';
import { u32 } from '../../model/gguf-values.ts';
import type { GgufFile } from '../../model/gguf-writer.ts';
import { withMetadata } from '../../model/tiny-families.ts';
import { tinyModel } from '../../model/tiny-model.ts';
import { bytesSource, encodeGguf } from './bytes-source.ts';

const read = async (file: GgufFile): Promise<VocabularyPrint> =>
  (await inspectGguf(bytesSource(encodeGguf(file)))).vocabulary;
const withWords = (...words: string[]): GgufFile => tinyModel({ words });
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `word${index}`);

async function mismatch(one: GgufFile, other: GgufFile): Promise<string | undefined> {
  return findVocabularyMismatch(await read(one), await read(other));
}

describe('two vocabularies', () => {
  test('of the same words go together, whatever else is in the files', async () => {
    expect(await mismatch(withWords('a1', 'b1'), tinyModel({ words: ['a1', 'b1'], seed: 7 }))).toBeUndefined();
  });

  test('may differ in words at the end, but not in many', async () => {
    expect(await mismatch(withWords(...many(140)), withWords(...many(12)))).toBeUndefined();
    expect(await mismatch(withWords(...many(12)), withWords(...many(140)))).toBeUndefined();
    expect(await mismatch(withWords(...many(141)), withWords(...many(12)))).toMatch(/has \d+ words, not \d+/);
  });

  test.for([
    ['another word', ['a1', 'b1'], ['a1', 'b2']],
    ['another order', ['a1', 'b1'], ['b1', 'a1']],
    ['another word before one more', ['a1', 'b1'], ['a1', 'b2', 'c1']],
  ] as const)('with %s do not', async ([, one, other]) => {
    expect(await mismatch(withWords(...one), withWords(...other))).toBe('Its vocabulary has other words.');
  });

  test('that begin or end with another token do not', async () => {
    const changed = (key: string): GgufFile =>
      withMetadata(tinyModel(), { [`tokenizer.ggml.${key}_token_id`]: u32(7) });
    expect(await mismatch(tinyModel(), changed('bos'))).toBe('It begins its texts with another token.');
    expect(await mismatch(tinyModel(), changed('eos'))).toBe('It ends its answers with another token.');
  });
});
