import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { halve, planGroups, planPieces, tokensOf } from '../../../electron/context/tasks/plan-pieces.ts';
import { passage, somePassages } from './some-passages.ts';

const budget = fc.integer({ min: 96, max: 3000 });
const letters = (text: string): string => text.replaceAll(/\s+/gu, '');

describe('the pieces of a document', () => {
  test('hold every passage exactly once and in its order', () => {
    fc.assert(
      fc.property(somePassages, budget, (passages, budgetTokens) => {
        const planned = planPieces(passages, budgetTokens).flatMap((piece) => piece.passages);
        const texts = Map.groupBy(planned, ({ seq }) => seq);
        const expected = passages.filter(({ text }) => letters(text) !== '');
        expect([...texts.keys()]).toEqual(expected.map(({ seq }) => seq));
        for (const { seq, text } of expected) {
          expect(letters((texts.get(seq) ?? []).map((part) => part.text).join(''))).toBe(letters(text));
        }
      }),
    );
  });

  test('each keep to the budget', () => {
    fc.assert(
      fc.property(somePassages, budget, (passages, budgetTokens) => {
        for (const piece of planPieces(passages, budgetTokens)) {
          expect(piece.tokens).toBeLessThanOrEqual(budgetTokens);
          expect(piece.tokens).toBe(piece.passages.reduce((sum, each) => sum + tokensOf(each), 0));
          expect(piece.passages.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('are the same whenever they are planned', () => {
    fc.assert(
      fc.property(somePassages, budget, (passages, budgetTokens) => {
        expect(planPieces(structuredClone(passages), budgetTokens)).toEqual(planPieces(passages, budgetTokens));
      }),
    );
  });

  test('halve into two that hold the same, or cannot be halved', () => {
    fc.assert(
      fc.property(somePassages, budget, (passages, budgetTokens) => {
        for (const piece of planPieces(passages, budgetTokens)) {
          const halves = halve(piece);
          if (halves === undefined) continue;
          const text = (all: typeof piece.passages): string => letters(all.map((each) => each.text).join(''));
          expect(text(halves.flatMap((half) => half.passages))).toBe(text(piece.passages));
          expect(Math.max(halves[0].tokens, halves[1].tokens)).toBeLessThan(piece.tokens + 64);
        }
      }),
    );
  });

  test('end where a section does, near their end', () => {
    const sentence = 'The river carries ice to the delta in spring and silt in autumn. '.repeat(6);
    const passages = Array.from({ length: 20 }, (_, seq) =>
      passage(sentence, { seq, page: seq + 1, headings: [seq < 9 ? 'Rivers' : 'Ice'] }),
    );
    const [first, second] = planPieces(passages, tokensOf(passages[0] ?? passage('')) * 11);
    expect(first?.passages.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(second?.passages[0]?.headings).toEqual(['Ice']);
  });
});

test('notes are joined in groups of neighbours, of two at least as long as there are two, so that fewer are left', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 50, max: 2000 }), (all, room) => {
      const groups = planGroups(all, room);
      expect(groups.flat()).toEqual(all.map((_, index) => index));
      expect(groups.length).toBeLessThan(all.length);
      for (const group of groups.slice(0, -1)) expect(group.length).toBeGreaterThan(1);
      for (const group of groups) {
        const size = group.reduce((sum, at) => sum + (all[at] ?? 0), 0);
        if (group.length > 2) expect(size).toBeLessThanOrEqual(room);
      }
    }),
  );
});
