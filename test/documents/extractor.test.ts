import { expect, test } from 'vitest';

import { openExtractor } from './extractor-under-test.ts';

test('a text file is read in a process of its own', async () => {
  await using extractor = openExtractor();
  const document = await extractor.extract({ bytes: Buffer.from('Wasser fließt bergab.'), name: 'a.txt' });
  expect(document).toMatchObject({ format: 'text', characters: 21, problems: [] });
  expect(document.pages[0]?.blocks).toEqual([{ kind: 'paragraph', text: 'Wasser fließt bergab.', line: 1 }]);
});

test('a file that is not there is a problem and no exception', async () => {
  await using extractor = openExtractor();
  const document = await extractor.extract({ path: '/nowhere/a.txt', name: 'a.txt' });
  expect(document).toMatchObject({ format: null, pages: [], problems: [{ code: 'FILE_UNREADABLE' }] });
});
