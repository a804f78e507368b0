import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fuseRankings } from '../../electron/documents/fuse-rankings.ts';
import { findNamedDocuments, giveEachAChance } from '../../electron/documents/name-documents.ts';

const ranking = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
const fuse = (...rankings: readonly (readonly number[])[]) => fuseRankings(rankings, String).map(({ item }) => item);

describe('reciprocal-rank fusion', () => {
  test('loses nothing and says nothing twice', () => {
    fc.assert(
      fc.property(fc.array(ranking, { maxLength: 4 }), (rankings) => {
        const fused = fuse(...rankings);
        expect(fused.toSorted((a, b) => a - b)).toEqual([...new Set(rankings.flat())].toSorted((a, b) => a - b));
      }),
    );
  });

  test('keeps the order of one ranking, also when it is given several times', () => {
    fc.assert(
      fc.property(ranking, (one) => {
        expect(fuse(one)).toEqual(one);
        expect(fuse(one, one, [])).toEqual(one);
      }),
    );
  });

  test('puts what is better in every ranking first', () => {
    fc.assert(
      fc.property(ranking, ranking, (left, right) => {
        const fused = fuse(left, right);
        for (const a of left) {
          for (const b of left) {
            const isBetter = left.indexOf(a) < left.indexOf(b) && right.includes(a);
            if (!isBetter || (right.includes(b) && right.indexOf(b) < right.indexOf(a))) continue;
            expect(fused.indexOf(a)).toBeLessThan(fused.indexOf(b));
          }
        }
      }),
    );
  });

  test('prefers what two rankings have in the middle to what one has at its top', () => {
    expect(fuse([1, 2, 3, 4], [5, 6, 3, 7])[0]).toBe(3);
    expect(fuseRankings([['a'], ['a']], String)[0]?.score).toBeCloseTo(2 / 61);
  });
});

describe('documents that a question names', () => {
  const documents = [
    { id: 'l', name: 'Lindenhof contract.pdf' },
    { id: 'b', name: 'Birkenweg contract.pdf' },
    { id: 'c', name: '停车协议.docx' },
  ];

  test('are those with a word of their own in it', () => {
    expect(findNamedDocuments(documents, 'Compare the rents of Lindenhof and Birkenweg')).toEqual(['l', 'b']);
    expect(findNamedDocuments(documents, '停车费是多少？')).toEqual(['c']);
    expect(findNamedDocuments(documents, 'Which rent is higher?')).toEqual([]);
    expect(findNamedDocuments(documents.slice(0, 2), 'What do the contracts say?')).toEqual([]);
    expect(findNamedDocuments(documents.slice(0, 1), 'Lindenhof')).toEqual([]);
  });

  test('each have a passage in front, and nothing is lost', () => {
    const passage = fc.record({ documentId: fc.constantFrom('l', 'b', 'c'), seq: fc.nat(50) });
    const passages = fc.uniqueArray(passage, { selector: ({ documentId, seq }) => `${documentId} ${seq}` });
    fc.assert(
      fc.property(passages, fc.subarray(['l', 'b', 'c']), (ranked, named) => {
        const ordered = giveEachAChance(ranked, named);
        expect(new Set(ordered)).toEqual(new Set(ranked));
        expect(ordered).toHaveLength(ranked.length);
        const there = named.filter((id) => ranked.some(({ documentId }) => documentId === id));
        expect(new Set(ordered.slice(0, there.length).map(({ documentId }) => documentId))).toEqual(new Set(there));
      }),
    );
  });
});
