import fc from 'fast-check';
import { expect, test } from 'vitest';

import { codeBlocks } from '../../electron/documents/host/text/code-blocks.ts';
import { delimitedBlocks, parseDelimited } from '../../electron/documents/host/text/delimited-text.ts';
import { markdownBlocks } from '../../electron/documents/host/text/markdown-blocks.ts';
import { plainBlocks } from '../../electron/documents/host/text/plain-blocks.ts';
import { squeeze, blockText } from './page-text.ts';

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '中', ' ', '"', ',', ';', '\n', '|', '\t', '1') });

test('a table comes back as it was written, whatever its cells hold', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
      const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = rows.map((row) => `${row.map(quote).join(delimiter)}\n`).join('');
      expect([...parseDelimited(text, delimiter)].map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('a long table is told in pieces that each have its header and its line', () => {
  const text = `Name;Size\n${Array.from({ length: 450 }, (_, index) => `n${index};${index}`).join('\n')}`;
  const blocks = [...delimitedBlocks(text, ',')];
  expect(blocks.map((block) => (block.kind === 'table' ? block.header : null))).toEqual(
    [1, 2, 3].map(() => ['Name', 'Size']),
  );
  expect(blocks.map(({ line }) => line)).toEqual([1, 201, 401]);
  expect(blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))).toHaveLength(450);
});

test('numbers are no header', () => {
  expect([...delimitedBlocks('1,2\n3,4', ',')]).toMatchObject([
    {
      header: null,
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
  ]);
});

const lines = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '中', '{', '}', '#', '`', '|', '-', '\t') }), {
  maxLength: 300,
});

test.each([
  ['plain text', (text: string) => [...plainBlocks(text)]],
  ['code', (text: string) => [...codeBlocks(text, null)]],
] as const)('blocks of %s hold every character, and say on which line they begin', (_, split) => {
  fc.assert(
    fc.property(lines, (written) => {
      const text = written.join('\n');
      const blocks = split(text);
      expect(squeeze(blocks.map(blockText).join(''))).toBe(squeeze(text));
      for (const block of blocks) {
        const first = blockText(block).split('\n')[0]?.trim();
        expect(written[(block.line ?? 0) - 1]?.trim()).toBe(first);
      }
    }),
  );
});

test('Markdown of any shape is read to its end', () => {
  fc.assert(
    fc.property(lines, (written) => {
      const { blocks } = markdownBlocks(written.join('\n'));
      expect(blocks.every((block) => (block.line ?? 0) >= 1 && (block.line ?? 0) <= written.length)).toBe(true);
    }),
  );
});

test('Markdown: headings, lists, tables, code, notes and the title', () => {
  const text =
    '---\ntitle: "Plan"\n---\nTop\n===\n\n## Sub ##\n> said\n\n1. one\n   more\n  - inner\n\n| A | B |\n|---|:-:|\n| 1 | `x\\|y` |\n\n~~~py\n# no heading\n~~~\n[^n]: note\n';
  const { blocks, title } = markdownBlocks(text);
  expect(title).toBe('Plan');
  expect(blocks).toMatchObject([
    { kind: 'code', language: 'yaml' },
    { kind: 'heading', level: 1, text: 'Top', line: 4 },
    { kind: 'heading', level: 2, text: 'Sub', line: 7 },
    { kind: 'paragraph', text: 'said' },
    { kind: 'listItem', depth: 0, marker: '1.', text: 'one\nmore' },
    { kind: 'listItem', depth: 1, marker: '-', text: 'inner' },
    { kind: 'table', header: ['A', 'B'], rows: [['1', '`x|y`']] },
    { kind: 'code', language: 'py', text: '# no heading' },
    { kind: 'footnote', marker: 'n', text: 'note' },
  ]);
});
