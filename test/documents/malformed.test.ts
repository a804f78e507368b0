import { afterAll, expect, test } from 'vitest';

import { problemSeverities } from '../../shared/model/documents/document-problem.ts';
import type { ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';
import { openExtractor } from './extractor-under-test.ts';
import { damagedFiles } from './files/damaged-files.ts';

const pageMs = 20_000;

const extractor = openExtractor({ limits: { pageMs, unpackedBytes: 50_000_000 } });
afterAll(() => extractor[Symbol.asyncDispose]());

const damaged = damagedFiles();

test('there are enough of them', () => {
  expect(damaged.length).toBeGreaterThanOrEqual(200);
});

test('a damaged file is always reported, ends in time, and never ends the reader', { timeout: 600_000 }, async () => {
  const bad: string[] = [];
  for (const { name, bytes, seed } of damaged) {
    const wrong = complaint(await extractor.extract({ bytes, name }));
    if (wrong !== undefined) bad.push(`${name}, seed ${seed}: ${wrong}`);
  }
  expect(bad).toEqual([]);
  const after = await extractor.extract({ bytes: Buffer.from('Still here.'), name: 'a.txt' });
  expect(after.characters).toBe(11);
});

function complaint({ problems, pages, characters }: ExtractedDocument): string | undefined {
  const fatal = problems.find(({ code }) => code === 'CRASHED' || code === 'TIME_LIMIT' || code === 'MEMORY_LIMIT');
  if (fatal !== undefined) return `${fatal.code} ${JSON.stringify(fatal.data)}`;
  if (characters === 0 && !problems.some(({ code }) => problemSeverities[code] !== 'note')) {
    return 'nothing was read, and nothing said';
  }
  if (pages.some(({ number }, index) => number !== index + 1)) return 'its pages are not counted from 1';
  return undefined;
}
