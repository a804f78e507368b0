import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planPassages } from '../../electron/documents/plan-passages.ts';
import type { DocumentBlock, DocumentPage } from '../../shared/model/documents/extracted-document.ts';

const letters = (count: number): string => 'The rain in Bergen stays. '.repeat(Math.ceil(count / 26)).trim();

describe('passages', () => {
  test('carry the titles they stand under, and end where one begins', () => {
    const passages = planPassages([
      page(1, [
        heading(1, 'Tenancy agreement'),
        paragraph('Between the two of us.'),
        heading(2, 'Deposit'),
        paragraph('Two rents.'),
        heading(2, 'Pets'),
        paragraph('Cats only.'),
      ]),
    ]);
    expect(passages.map(({ headings, text }) => [headings.join(' › '), text])).toEqual([
      ['Tenancy agreement', 'Between the two of us.'],
      ['Tenancy agreement › Deposit', 'Two rents.'],
      ['Tenancy agreement › Pets', 'Cats only.'],
    ]);
  });

  test('keep short paragraphs of a section together and part long ones at sentences', () => {
    const passages = planPassages([page(1, [paragraph('One.'), paragraph('Two.'), paragraph(letters(3000))])]);
    expect(passages[0]?.text).toBe('One.\nTwo.');
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) expect(text).toMatch(/\.$/);
  });

  test('never reach over the end of a page, but titles do', () => {
    const passages = planPassages([
      page(1, [heading(1, 'Opening hours'), paragraph('Monday to')]),
      page(2, [paragraph('Friday.')]),
    ]);
    expect(passages.map(({ page: number, headings, text }) => [number, headings[0], text])).toEqual([
      [1, 'Opening hours', 'Monday to'],
      [2, 'Opening hours', 'Friday.'],
    ]);
  });

  test('repeat the header of a long table on each part of it', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [`Item ${index}`, `${index} euros`]);
    const passages = planPassages([page(1, [{ kind: 'table', header: ['Item', 'Price'], rows }])]);
    expect(passages.length).toBeGreaterThan(3);
    for (const { text } of passages) expect(text).toMatch(/^\| Item \| Price \|\n\| --- \| --- \|\n\| Item \d+/);
    const joined = passages.map(({ text }) => text).join('\n');
    for (const [item] of rows) expect(joined).toContain(`| ${item} |`);
  });

  test('say of a page that holds nothing but a title what it says', () => {
    expect(planPassages([page(1, [heading(1, 'Part two')])])).toMatchObject([{ page: 1, text: 'Part two' }]);
    expect(planPassages([page(1, [])])).toEqual([]);
  });

  test('count an ideograph for several letters', () => {
    const passages = planPassages([page(1, [paragraph('今天下雨了。'.repeat(300))])]);
    for (const { text } of passages) expect(text.length).toBeLessThanOrEqual(600);
  });

  test('lose no word of any document, stay on their page, and stay small', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$|^[一-龥]{1,6}$/);
    const text = fc.array(word, { minLength: 1, maxLength: 400 }).map((words) => words.join(' '));
    const block: fc.Arbitrary<DocumentBlock> = fc.oneof(
      fc
        .record({ level: fc.integer({ min: 1, max: 6 }), text: word })
        .map(({ level, text: title }) => heading(level, title)),
      text.map(paragraph),
      text.map((each): DocumentBlock => ({ kind: 'code', language: null, text: each })),
      text.map((each): DocumentBlock => ({ kind: 'listItem', depth: 1, marker: '•', text: each })),
      fc
        .array(fc.array(word, { minLength: 2, maxLength: 2 }), { maxLength: 60 })
        .map((rows): DocumentBlock => ({ kind: 'table', header: ['a', 'b'], rows })),
    );
    const pages = fc.array(fc.array(block, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pages, (blocksOfPages) => {
        const passages = planPassages(blocksOfPages.map((blocks, index) => page(index + 1, blocks)));
        for (const [index, blocks] of blocksOfPages.entries()) {
          const here = passages.filter((passage) => passage.page === index + 1);
          const found = new Set(here.flatMap(({ text: each }) => each.split(/[\s|]+/)));
          for (const each of blocks.flatMap(wordsOf)) expect(found).toContain(each);
          for (const { text: each } of here) expect(each.length).toBeLessThan(3000);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function wordsOf(block: DocumentBlock): string[] {
  if (block.kind === 'table') return block.rows.flat();
  return block.kind === 'heading' ? [] : block.text.split(' ');
}

function heading(level: number, text: string): DocumentBlock {
  return { kind: 'heading', level, text };
}

function paragraph(text: string): DocumentBlock {
  return { kind: 'paragraph', text };
}

function page(number: number, blocks: readonly DocumentBlock[]): DocumentPage {
  return { number, unit: 'page', blocks, characters: 0, pictures: 0 };
}
