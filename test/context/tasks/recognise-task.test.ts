import fc from 'fast-check';
import { expect, test } from 'vitest';

import { recogniseTask } from '../../../electron/context/tasks/recognise-task.ts';

test.each([
  ['Summarise this', 'summary'],
  ['summarize this document.', 'summary'],
  ['Please summarise report.pdf for me', 'summary'],
  ['Can you sum up the attached file?', 'summary'],
  ['Give me a short summary of this report, please', 'summary'],
  ['TL;DR', 'summary'],
  ['What is this document about?', 'summary'],
  ['summarise the whole book in five sentences', 'summary'],
  ['Key facts', 'keyFacts'],
  ['List the key points of this contract', 'keyFacts'],
  ['Show me the table of contents', 'outline'],
  ['总结一下', 'summary'],
  ['请总结这份文件', 'summary'],
  ['帮我概括一下这篇报告的内容。', 'summary'],
  ['这份文件讲了什么？', 'summary'],
  ['摘要', 'summary'],
  ['列出这份合同的要点', 'keyFacts'],
  ['目录', 'outline'],
])('%s asks for a %s', (text, kind) => {
  expect(recogniseTask(text)).toEqual({ kind });
});

test.each([
  'Summarise the section about deposits',
  'Summarise what Anna said about the budget',
  'What does the summary on page 3 say?',
  'Who wrote the summary?',
  'Do not summarise this, but tell me what the deposit is.',
  'Summarise this and compare it with last year',
  'What is this clause about?',
  'What is the rent?',
  'Translate this',
  '总结第三章',
  '总结部分写了什么？押金是多少？',
  '押金是多少？',
  '这份合同的目录里第三章叫什么？',
  '',
  '   ',
])('%s is a question like any other', (text) => {
  expect(recogniseTask(text)).toBeUndefined();
});

test('whatever is written, it is read at once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.nat(200), (text, times) => {
      recogniseTask(text);
      recogniseTask(`summarise ${'the '.repeat(times)}${text}`);
    }),
  );
});
