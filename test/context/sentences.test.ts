import fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitPassages, splitSentences } from '../../electron/context/sentences.ts';
import { termsOf } from '../../electron/context/terms.ts';

const texts = (text: string): string[] => splitSentences(text).map((sentence) => sentence.text);

test('sentences end with their signs, with lines, and not with abbreviations or numbers', () => {
  expect(texts('Ask Dr. Weber. It costs 3.50 today! "Really?" Yes\nA new line')).toEqual([
    'Ask Dr. Weber.',
    'It costs 3.50 today!',
    '"Really?"',
    'Yes',
    'A new line',
  ]);
  expect(texts('今天下雨。我们在家！好吗？“好。”')).toEqual(['今天下雨。', '我们在家！', '好吗？', '“好。”']);
});

test('every sentence and passage stands where it says, and no character is in none or two', () => {
  const text = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.lorem({ maxCount: 90 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 900 }), (parts, limitChars) => {
      const whole = parts.join(' ');
      for (const pieces of [splitSentences(whole), splitPassages(whole, limitChars)]) {
        let end = 0;
        for (const { text: piece, start } of pieces) {
          expect(whole.slice(start, start + piece.length)).toBe(piece);
          expect(start).toBeGreaterThanOrEqual(end);
          expect(whole.slice(end, start).trim()).toBe('');
          end = start + piece.length;
        }
        expect(whole.slice(end).trim()).toBe('');
      }
    }),
  );
});

test('forms of one word are one term, and words that say nothing are none', () => {
  expect(termsOf('appointments')).toEqual(termsOf('Appointment'));
  expect(termsOf('painting')).toEqual(termsOf('painted'));
  expect(termsOf('What is my?')).toEqual([]);
  expect(termsOf('flight QX-4471 at 14:35')).toEqual(['flight', 'qx', '4471', '14:35']);
  expect(termsOf('妹妹的生日')).toEqual(['妹妹', '妹的', '的生', '生日']);
});
