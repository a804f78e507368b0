import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import { damages, damagesZh, unreadKinds, unreadKindsZh } from '../../shared/model/documents/problem-phrases.ts';
import { modelReasonInChinese, reasonInChinese } from '../../shared/model/reasons-zh.ts';

/** Names, units and formats that stand in Chinese texts as they are. */
const names =
  /\b(?:Clawdbot|GGUF|LoRA|llama\.cpp|ZIP|gzip|bzip2|xz|7z|RAR|Word|Excel|PowerPoint|Outlook|Visio|Office|HEIC|AVIF|DICOM|PDF|docx|[kMG]B|SIG[A-Z]+)\b/g;
const latinWords = (text: string): string[] => text.replaceAll(names, '').match(/[A-Za-z]{2,}/g) ?? [];

/** The words that stand in the source of these files between the marks; what is filled in becomes a number. */
function phrasesIn(folder: string, pattern: RegExp): string[] {
  const root = path.join(import.meta.dirname, '../..', folder);
  const files = folder.endsWith('.ts')
    ? [root]
    : readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => path.join(root, name));
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) =>
      (match[1] ?? match[2] ?? '').replaceAll(/\$\{[^}]*\}/g, '7'),
    ),
  );
}

test('what is wrong with a document is said in Chinese without English words, for everything damaged and every kind', () => {
  const texts = [
    ...Object.values(damagesZh),
    ...Object.values(unreadKindsZh),
    ...damages.map((detail) => describeProblem({ code: 'CORRUPT', data: { detail } }, 'zh')),
    ...damages.map((detail) => describeProblem({ code: 'PAGE_UNREADABLE', data: { page: 3, detail } }, 'zh')),
    ...unreadKinds.map((kind) => describeProblem({ code: 'NOT_SUPPORTED', data: { kind } }, 'zh')),
  ];
  expect(texts.length).toBeGreaterThan(80);
  for (const text of texts) expect(latinWords(text), text).toEqual([]);
});

test('why a folder, an import, or a snapshot cannot be used has Chinese words for every reason in the source', () => {
  const reasons = [
    ...phrasesIn('electron/collections/inspect-folder.ts', /unusable\('([^']+)'\)/g),
    ...phrasesIn('electron/transfer', /new ZipError\('([^']+)'\)/g),
    ...phrasesIn('electron/transfer/read-zip.ts', /\? '(it is [^']+)'|\? `(it is [^`]+)`/g),
    'it holds no conversations',
    'nothing in it could be read',
    'it is damaged (wrong # of entries in index)',
    'signal SIGSEGV',
    'exit code 134',
    'for an unknown reason',
  ];
  expect(reasons.length).toBeGreaterThan(18);
  for (const reason of reasons) {
    const chinese = reasonInChinese(reason);
    expect(chinese, reason).not.toBe(reason);
    expect(latinWords(chinese), reason).toEqual([]);
  }
});

test('why a file is no model has Chinese words for every reason in the source', () => {
  const reasons = phrasesIn('shared/model/gguf', /GgufError\(\s*(?:'([^']+)'|`([^`]+)`)/g);
  expect(reasons.length).toBeGreaterThan(60);
  for (const reason of reasons) {
    const chinese = modelReasonInChinese(reason);
    expect(chinese, reason).not.toBe(reason);
    expect(latinWords(chinese), reason).toEqual([]);
  }
});

test('the words of a system, which nobody can list, stay as they are', () => {
  expect(reasonInChinese('EIO: i/o error, read')).toBe('EIO: i/o error, read');
});
