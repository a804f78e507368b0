import fc from 'fast-check';
import { expect, test } from 'vitest';

import { planPassages } from '../../../electron/documents/plan-passages.ts';
import { boxesAt, recognisedText } from '../../../renderer/reader/recognised-text.ts';
import { withoutLineEnds } from '../../../renderer/reader/selected-text.ts';
import { leafStarts, textOfSection, toSections } from '../../../renderer/reader/text/sections.ts';
import { leavesOf, textBlocks } from '../../../renderer/reader/text/text-blocks.ts';
import type { DocumentBlock } from '../../../shared/model/documents/extracted-document.ts';

const passageOf = (blocks: DocumentBlock[]) => {
  const planned = planPassages([{ number: 1, unit: 'page', blocks, characters: 1, pictures: 0 }]);
  return planned.map(({ page, headings, text, boxes }, seq) => ({
    seq,
    page,
    headings: [...headings],
    text,
    boxes: [...boxes],
  }));
};

test('a passage is taken apart into what it was made of', () => {
  const blocks: DocumentBlock[] = [
    { kind: 'paragraph', text: 'What is paid:' },
    { kind: 'listItem', depth: 0, marker: '•', text: 'rent' },
    { kind: 'listItem', depth: 1, marker: '2.', text: 'heating' },
    {
      kind: 'table',
      header: ['What', 'How much'],
      rows: [
        ['rent | heat', '840'],
        ['deposit', ''],
      ],
    },
    { kind: 'footnote', marker: '1', text: 'In euros.' },
  ];
  const [passage] = passageOf(blocks);
  expect(textBlocks(passage?.text ?? '')).toEqual([
    { kind: 'paragraph', text: 'What is paid:' },
    { kind: 'item', depth: 0, marker: '•', text: 'rent' },
    { kind: 'item', depth: 1, marker: '2.', text: 'heating' },
    {
      kind: 'table',
      header: ['What', 'How much'],
      rows: [
        ['rent | heat', '840'],
        ['deposit', ''],
      ],
    },
    { kind: 'note', text: '[1] In euros.' },
  ]);
});

test('titles are shown where they begin', () => {
  const sections = toSections(
    passageOf([
      { kind: 'heading', level: 1, text: 'Lease' },
      { kind: 'heading', level: 2, text: 'Rent' },
      { kind: 'paragraph', text: 'It is 840 euros.' },
      { kind: 'heading', level: 2, text: 'Pets' },
      { kind: 'paragraph', text: 'Dogs are allowed.' },
    ]),
  );
  expect(sections.map(({ titles }) => titles)).toEqual([
    [
      { level: 0, text: 'Lease' },
      { level: 1, text: 'Rent' },
    ],
    [{ level: 1, text: 'Pets' }],
  ]);
  expect(sections.map(({ beginsPage }) => beginsPage)).toEqual([true, false]);
});

test('no word of a passage is lost, and each leaf stands where it is said to', () => {
  const letters = (text: string): string => text.replaceAll(/[\s|\\-]/g, '');
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      const leaves = textBlocks(text).flatMap(leavesOf);
      expect(letters(leaves.join(''))).toBe(letters(text));
      const passage = { seq: 0, page: 1, headings: [], text, boxes: [] };
      for (const section of toSections([passage])) {
        const whole = textOfSection(section);
        for (const [index, start] of leafStarts(section.leaves).entries()) {
          expect(whole.startsWith(section.leaves[index] ?? '', start)).toBe(true);
        }
      }
    }),
  );
});

test('a place in recognised text has the box of its paragraph, and that of the passage where lines and boxes differ', () => {
  const box = (y: number) => ({ x: 0, y, width: 10, height: 10 });
  const passages = [
    { seq: 0, page: 1, headings: [], text: 'one\ntwo', boxes: [box(1), box(2)] },
    { seq: 1, page: 1, headings: [], text: 'three\nfour', boxes: [box(3)] },
  ];
  const text = recognisedText(passages);
  const at = (words: string) => boxesAt(passages, text.indexOf(words)).map(({ y }) => y);
  expect([at('one'), at('two'), at('three'), at('four')]).toEqual([[1], [2], [3], [3]]);
});

test('a selection has no line ends', () => {
  expect(withoutLineEnds('The depo-\nsit is\n 1,250 euros. ')).toBe('The deposit is 1,250 euros.');
  expect(withoutLineEnds('乙方应在\n签约当日')).toBe('乙方应在签约当日');
});
