import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { countingScript } from './counting-script.ts';
import { placeholderText } from './placeholder-model.ts';
import { cutScript } from './script-pieces.ts';

/** Texts in which words come again and again. */
const repetitive = fc
  .array(fc.constantFrom('the', 'a', 'an', 'and', ' ', '\n', '\n\n', '**so**', '你', '好，', '你好。', '`x`', '1,'), {
    minLength: 1,
    maxLength: 60,
  })
  .map((words) => words.join(' '));

function tryCut(script: string): string[] | undefined {
  try {
    return cutScript(script);
  } catch (error) {
    expect(String(error)).toMatch(/repeats a long passage|is empty|must not contain/);
    return undefined;
  }
}

function expectUnique(script: string, pieces: readonly string[]): void {
  expect(pieces.join('')).toBe(script);
  for (const piece of pieces) {
    expect(script.indexOf(piece)).toBe(script.lastIndexOf(piece));
    expect(piece.trim()).not.toBe('');
  }
}

describe('the pieces of a script', () => {
  test('make up the script again, and each occurs in it once', () => {
    fc.assert(
      fc.property(fc.oneof(repetitive, fc.string({ unit: 'grapheme', maxLength: 200 })), (script) => {
        const pieces = tryCut(script);
        if (pieces !== undefined) expectUnique(script, pieces);
      }),
      { numRuns: 2000 },
    );
  });

  test('are single words where no word comes twice', () => {
    expect(cutScript('One two, three!\n\nFour')).toEqual(['One', ' two,', ' three!', '\n\nFour']);
  });

  test('take in the next word where one comes twice', () => {
    expect(cutScript('the cat and the dog')).toEqual(['the cat', ' and', ' the', ' dog']);
  });

  test('are single characters in Chinese', () => {
    expect(cutScript('我是模型。')).toEqual(['我', '是', '模', '型。']);
  });

  test('keep what follows the last word', () => {
    expect(cutScript('One two\n')).toEqual(['One', ' two\n']);
    expect(cutScript('one two one')).toEqual(['one two', ' one']);
  });

  test('are few words each in prose', () => {
    const pieces = cutScript(placeholderText);
    expect(pieces.length).toBeGreaterThan(80);
    expectUnique(placeholderText, pieces);
  });

  test('number as many as a counting script counts', () => {
    expect(cutScript(countingScript(3000)).length).toBeGreaterThan(2980);
  });

  test.for([
    ['', 'The script is empty'],
    [' \n', 'The script is empty'],
    ['Say <|im_end|> now', 'must not contain "<|im_end|>"'],
    ['lorem ipsum '.repeat(200), 'repeats a long passage: "lorem ipsum'],
  ] as const)('of %j are refused', ([script, reason]) => {
    expect(() => cutScript(script)).toThrow(reason);
  });
});
