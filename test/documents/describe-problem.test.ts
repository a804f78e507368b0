import { expect, test } from 'vitest';

import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import { problemSeverities, type DocumentProblem } from '../../shared/model/documents/document-problem.ts';

const examples: readonly DocumentProblem[] = [
  { code: 'FILE_UNREADABLE', data: { reason: 'EACCES' } },
  { code: 'EMPTY', data: {} },
  { code: 'TOO_LARGE', data: { sizeBytes: 2_100_000_000, limitBytes: 1_000_000_000 } },
  { code: 'PASSWORD_PROTECTED', data: {} },
  { code: 'CORRUPT', data: { detail: 'its table of contents is missing' } },
  { code: 'NOT_SUPPORTED', data: { kind: 'Word 97 document' } },
  { code: 'HEIC_PICTURE', data: {} },
  { code: 'NO_TEXT', data: {} },
  { code: 'ZIP_BOMB', data: { limitBytes: 300_000_000 } },
  { code: 'TIME_LIMIT', data: { limitMs: 30_000, page: 7 } },
  { code: 'MEMORY_LIMIT', data: { limitBytes: 400_000_000, page: 3 } },
  { code: 'CRASHED', data: { page: null } },
  { code: 'TRUNCATED', data: { limitCharacters: 20_000_000 } },
  { code: 'WRONG_EXTENSION', data: { extension: 'doc', format: 'pdf' } },
  { code: 'HAS_MACROS', data: {} },
  { code: 'PAGES_WITHOUT_TEXT', data: { pages: [2, 5, 6, 7, 9] } },
  { code: 'PAGE_UNREADABLE', data: { page: 4, detail: 'its content is damaged' } },
  { code: 'ENCODING_UNSURE', data: { encoding: 'big5' } },
  { code: 'ATTACHMENTS_NOT_READ', data: { names: ['a.zip', 'b.exe'] } },
  { code: 'RECOGNITION_UNSURE', data: { pages: [1], confidence: 0.42 } },
  { code: 'PICTURE_NOT_SHOWN', data: { kind: 'JPEG 2000' } },
];

test('every problem has a sentence of its own in English and in Chinese', () => {
  expect(examples.map(({ code }) => code).toSorted()).toEqual(Object.keys(problemSeverities).toSorted());
  for (const language of ['en', 'zh'] as const) {
    const sentences = examples.map((problem) => describeProblem(problem, language));
    expect(new Set(sentences).size).toBe(examples.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[.。]$/);
      expect(sentence).not.toMatch(/undefined|null|\[object/);
      expect(/\p{Script=Han}/u.test(sentence)).toBe(language === 'zh');
    }
  }
});

test('numbers are written for people', () => {
  const sentences = examples.map((problem) => describeProblem(problem, 'en')).join('\n');
  for (const part of ['2.1 GB', '1.0 GB', '30 seconds on page 7', '20,000,000 characters', '2, 5–7, 9', '42 %']) {
    expect(sentences).toContain(part);
  }
});
