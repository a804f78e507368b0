import { expect, test } from 'vitest';

import { appendQuote, quote } from '../../../renderer/chat/quote.ts';

test('every line of a quotation is marked, with room to write after it', () => {
  expect(quote('one\n\ntwo\r\nthree')).toBe('> one\n>\n> two\n> three\n\n');
});

test('a quotation follows what is already written', () => {
  expect(appendQuote('I mean this:\n', 'one')).toBe('I mean this:\n\n> one\n\n');
  expect(appendQuote('', 'one')).toBe('> one\n\n');
});
