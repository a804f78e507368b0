import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStartTrimmer } from '../../../electron/engine/host/start-trimmer.ts';

function run(pieces: readonly string[], unwanted: readonly string[]): string {
  const trimmer = createStartTrimmer(unwanted);
  return pieces.map((piece) => trimmer.push(piece)).join('') + trimmer.end();
}

test('leaves out the longest beginning that is unwanted, and only at the start', () => {
  expect(run([' ', ' Hello ', ' you'], [' ', '  '])).toBe('Hello  you');
  expect(run(['\n', 'Hello'], [' '])).toBe('\nHello');
  expect(run(['Hello'], [])).toBe('Hello');
});

test('gives what it held back when the text ends early', () => {
  expect(run(['<th'], ['<think>'])).toBe('<th');
  expect(run([' '], [' ', '  '])).toBe('');
});

test('says the same however the text is cut into pieces', () => {
  const letters = fc.constantFrom(' ', '\t', 'a');
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: letters, maxLength: 6 }), { maxLength: 5 }),
      fc.array(fc.string({ unit: letters, maxLength: 4 }), { maxLength: 4 }),
      (pieces, unwanted) => {
        const whole = pieces.join('');
        const longest = unwanted
          .filter((start) => whole.startsWith(start))
          .reduce((most, start) => Math.max(most, start.length), 0);
        expect(run(pieces, unwanted)).toBe(whole.slice(longest));
      },
    ),
  );
});
