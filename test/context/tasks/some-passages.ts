import fc from 'fast-check';

import type { PassageInfo } from '../../../shared/contract/index.ts';

export function passage(text: string, about: Partial<PassageInfo> = {}): PassageInfo {
  return { documentId: 'd', documentName: 'report.pdf', seq: 0, page: 1, unit: 'page', headings: [], text, ...about };
}

const word = fc.oneof(
  fc.constantFrom('river', 'delta', 'harbour', 'ice', '2,400', 'Halvorsen', 'the', 'of'),
  fc.constantFrom('冰川', '河流', '合同', '押金', '😀'),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const sentence = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => `${words.join(' ')}.`);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(sentence, { minLength: 1, maxLength: 8 }).map((all) => all.join(' ')) },
  // Nothing to cut at.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4000 }).map((length) => '汉'.repeat(length)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2000 }).map((length) => '😀'.repeat(length)) },
);
const headings = fc.array(fc.constantFrom('Rivers', 'Ice', '押金', 'Part one'), { maxLength: 3 });

/** Passages as a document's are: in order, on pages that only go up. */
export const somePassages: fc.Arbitrary<PassageInfo[]> = fc
  .array(fc.record({ text, headings, turns: fc.nat(2), document: fc.nat(1) }), { maxLength: 40 })
  .map((all) => {
    const sorted = all.toSorted((a, b) => a.document - b.document);
    let page = 1;
    return sorted.map((each, index) => {
      page += each.turns;
      return passage(each.text, { documentId: `d${each.document}`, seq: index, page, headings: each.headings });
    });
  });
