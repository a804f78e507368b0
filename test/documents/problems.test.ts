import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, onTestFinished, test } from 'vitest';

import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import { problemSeverities } from '../../shared/model/documents/document-problem.ts';
import { openExtractor } from './extractor-under-test.ts';
import { brokenFiles, trickyDocx } from './files/broken-files.ts';
import { pageText } from './page-text.ts';

const extractor = openExtractor({ limits: { unpackedBytes: 10_000_000, characters: 100_000, fileBytes: 50_000_000 } });
afterAll(() => extractor[Symbol.asyncDispose]());

describe('what is wrong with a file is said', () => {
  test.each(brokenFiles)('of $what: $code', async ({ name, bytes, code, data }) => {
    const { problems, pages, characters } = await extractor.extract({ bytes, name });
    const found = problems.find((problem) => problem.code === code);
    expect(found, JSON.stringify(problems)).toBeDefined();
    if (data !== undefined) expect(found?.data).toMatchObject(data);
    const isLost = problemSeverities[code] === 'failed';
    if (isLost) expect(characters).toBe(0);
    if (problemSeverities[code] === 'note') expect(pages.length).toBeGreaterThan(0);
    expect(problems.filter((problem) => problem.code === code)).toHaveLength(1);
  });

  test('of a file too large to be read, whatever it holds', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-documents-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'big.bin');
    await writeFile(file, '');
    await truncate(file, 2_000_000_000);
    const { problems } = await extractor.extract({ path: file, name: 'big.bin' });
    expect(problems).toEqual([{ code: 'TOO_LARGE', data: { sizeBytes: 2_000_000_000, limitBytes: 50_000_000 } }]);
    expect(problems.map((problem) => describeProblem(problem, 'en'))[0]).toContain('2.0 GB');
  });

  test.each([
    ['that is not there', 'no-such-file.pdf', 'ENOENT'],
    ['that is a folder', '.', 'EISDIR'],
    ['that is a device', '/dev/null', 'EINVAL'],
  ])('of a file %s', async (_, file, reason) => {
    const { problems } = await extractor.extract({ path: path.resolve(file), name: 'a' });
    expect(problems).toEqual([{ code: 'FILE_UNREADABLE', data: { reason } }]);
  });
});

test('entities that a file declares neither grow nor name other files', async () => {
  const { pages, problems } = await extractor.extract({ bytes: trickyDocx, name: 'a.docx' });
  expect(problems).toEqual([]);
  const text = pages.map(pageText).join('');
  expect(text).toMatch(/^before.*after$/);
  expect(text).not.toMatch(/lol|root/);
});

test('text that a page hides from its readers is not read', async () => {
  const html =
    '<html><p>seen</p><p hidden>one</p><div style="visibility: hidden">two</div><template>three</template></html>';
  const { pages } = await extractor.extract({ bytes: Buffer.from(html), name: 'a.html' });
  expect(pages.map(pageText)).toEqual(['seen']);
});
