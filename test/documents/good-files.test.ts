import { afterAll, describe, expect, test } from 'vitest';

import { openExtractor } from './extractor-under-test.ts';
import { goodFiles } from './files/good-files.ts';
import { pageText, squeeze } from './page-text.ts';

const extractor = openExtractor();
afterAll(() => extractor[Symbol.asyncDispose]());

describe.each(goodFiles)('$name', ({ name, format, bytes, pages }) => {
  test('is known for what it is, and every character of it is read, in order and on its page', async () => {
    const document = await extractor.extract({ bytes, name });
    expect(document.format).toBe(format);
    expect(document.pages.map(pageText)).toEqual(pages.map(squeeze));
    expect(document.pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
    expect(document.problems.filter(({ code }) => code !== 'ATTACHMENTS_NOT_READ')).toEqual([]);
    const sum = document.pages.reduce((total, { characters }) => total + characters, 0);
    expect(document.characters).toBe(sum);
  });

  test('is known for what it is without its name', async () => {
    const document = await extractor.extract({ bytes, name: 'nameless' });
    const guessable = !['markdown', 'csv', 'tsv', 'yaml', 'code'].includes(format);
    expect(document.format).toBe(guessable ? format : 'text');
  });
});
