import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkAnswer } from '../../../shared/model/documents/proof/check-answer.ts';
import type { GivenPassage } from '../../../shared/model/documents/proof/given-passage.ts';

const passages: readonly GivenPassage[] = [
  given(
    1,
    'The rent is 690 pounds a month and includes heating, water and internet. It is due on the first of the month.',
  ),
  given(2, 'The lease begins on 1 September 2026 and ends on 31 August 2027 with-\nout notice having to be given.', 2),
  given(3, '租客须在每月五日前支付房租，共2400元。押金为两个月房租，即肆仟捌佰元。', 3),
  given(4, 'Guests may stay for a fortnight. Bicycles are kept in the yard behind the house.', 4),
];

function given(number: number, text: string, page = 1): GivenPassage {
  return { number, documentId: 'd', documentName: 'lease.pdf', seq: number * 2, page, headings: ['The lease'], text };
}

/** What is marked, with the words it is about. */
function marksOf(answer: string, question = ''): string[] {
  return checkAnswer(answer, question, passages).marks.map((mark) => {
    const words = answer.slice(mark.start, mark.end);
    return mark.type === 'supported' ? `${mark.number}: ${words}` : `${mark.type}: ${words}`;
  });
}

describe('a sentence that names no source', () => {
  test.each([
    ['The rent is 690 pounds a month.', '', ['1: The rent is 690 pounds a month.']],
    ['It ends on August 31, 2027.', 'When does the lease end?', ['2: It ends on August 31, 2027.']],
    ['690 pounds', 'How much is the rent each month?', ['1: 690 pounds']],
    ['房租为每月2400元。', '', ['3: 房租为每月2400元。']],
    [
      '**Bicycles are kept in the yard behind the house.**',
      '',
      ['4: **Bicycles are kept in the yard behind the house.**'],
    ],
  ])('is ascribed to the one passage that bears it out: %s', (answer, question, marks) => {
    expect(marksOf(answer, question)).toEqual(marks);
  });

  test.each([
    'The rent is 700 pounds a month.',
    'The documents do not mention how much internet and heating cost a month.',
    'Would you like to know when the rent is due each month?',
    'The lease is a usual one.',
    'Cars are parked in the garage at the corner of the road.',
    '租客须在每月十日前支付房租，共2400元。',
    '文档中没有提到押金和房租。',
  ])('is ascribed to none when none does: %s', (answer) => {
    expect(marksOf(answer)).toEqual([]);
  });

  test('is ascribed to none when two passages bear it out', () => {
    const twice = [...passages, { ...given(5, passages[0]?.text ?? ''), documentId: 'other' }];
    expect(checkAnswer('The rent is 690 pounds a month.', '', twice).marks).toEqual([]);
  });
});

describe('a text in quotation marks', () => {
  test.each([
    'It says "ends on 31 August 2027 without notice" [2].',
    'It says “The lease BEGINS on 1\u00a0September 2026 … without notice having to be given.” [2].',
    '合同写道「租客须在每月五日前支付房租」[3]。',
    'It says “The rent is 690 pounds a month and includes heating” [1].',
    'The title is “The lease” and so on [1].',
  ])('that stands in a passage is not marked: %s', (answer) => {
    expect(marksOf(answer)).toEqual([]);
  });

  test.each([
    ['It says "ends on 31 July 2027 without any notice" [2].', 'wrongQuote: "ends on 31 July 2027 without any notice"'],
    ['合同写道「租客须在每月十日前支付全部房租」[3]。', 'wrongQuote: 「租客须在每月十日前支付全部房租」'],
  ])('that stands in none is marked: %s', (answer, mark) => {
    expect(marksOf(answer)).toEqual([mark]);
  });

  test('is not marked when the question holds it, when it is short, in code, or about something else', () => {
    expect(
      marksOf('You asked about “rent that is due each single month” [1].', 'rent that is due each single month?'),
    ).toEqual([]);
    expect(marksOf('The “weekly rent” is none [1].')).toEqual([]);
    expect(marksOf('`"the rent is due each single month here"` [1]')).toEqual([]);
    expect(marksOf('Write “Dear Ms Raman, many thanks for your kind reply”.')).toEqual([]);
  });
});

describe('numbers and dates of a sentence that names its sources', () => {
  test.each([
    'The rent is 690.00 pounds [1].',
    'It begins on 2026-09-01 and ends on 31.08.2027 [2].',
    'It begins in September 2026 [2].',
    '押金是4,800元[3]，每月5日前付房租2.4千元[3]。',
    'Both 2 and 3 of these 7 points hold [1].',
    'The rent is 690 pounds [1], and the lease ends on 31 August 2027 [2].',
    'See [the map](https://example.org/maps/4711) [1].',
  ])('are not marked when a source holds them: %s', (answer) => {
    expect(marksOf(answer)).toEqual([]);
  });

  test.each([
    ['The rent is 695 pounds [1].', ['missingValue: 695']],
    ['It ends on 30 August 2027 [2].', ['missingValue: 30 August 2027']],
    ['房租是2500元[3]。', ['missingValue: 2500']],
  ])('are marked when none does: %s', (answer, marks) => {
    expect(marksOf(answer)).toEqual(marks);
  });

  test('are not marked when the question holds them', () => {
    expect(
      marksOf('For 45 nights it would be more than the rent of 690 pounds [1].', 'What would 45 nights cost?'),
    ).toEqual([]);
  });
});

test('an answer rests on the sources that exist and that it names or that bear it out', () => {
  const answer = 'The rent is 690 pounds [1, 9]. `[4]`\n\nThe lease ends on 31 August 2027.';
  expect(checkAnswer(answer, '', passages).sources).toEqual([1, 2]);
  expect(checkAnswer(answer, '', [])).toEqual({ sources: [], marks: [] });
});

const anyAnswer = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[1]',
        '［2］',
        '【3】',
        '[1, 9]',
        '"',
        '“',
        '”',
        '「',
        '」',
        '\n',
        '\n\n',
        '- ',
        '```',
        '`',
        '**',
        '. ',
        '。',
        ' ',
      ),
      fc.constantFrom('690', '31 August 2027', '2400元', '贰仟', '23:00', 'the rent is', '押金为'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

test('marks are within the text, in its order, and the same each time, whatever a model writes', () => {
  fc.assert(
    fc.property(anyAnswer, fc.string(), (answer, question) => {
      const { sources, marks } = checkAnswer(answer, question, passages);
      for (const [index, { start, end }] of marks.entries()) {
        expect(start).toBeGreaterThanOrEqual(marks[index - 1]?.start ?? 0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(answer.length);
      }
      expect(sources.every((number) => number >= 1 && number <= 4)).toBe(true);
      expect(checkAnswer(answer, question, passages)).toEqual({ sources, marks });
    }),
  );
});

test('what a passage says is never a wrong quotation, however its lines are broken and its letters written', () => {
  const stretch = fc.constantFrom(...passages).chain(({ text, number }) =>
    fc
      .tuple(fc.nat(text.length - 1), fc.nat(text.length), fc.constant(number), fc.constantFrom(' ', '\u00a0', '  '))
      .map(([from, length, source, space]) => ({
        words: text
          .slice(from, from + length)
          .replaceAll('\n', '')
          .replaceAll(' ', space),
        source,
      })),
  );
  fc.assert(
    fc.property(stretch, fc.boolean(), ({ words, source }, loud) => {
      const answer = `It says “${loud ? words.toUpperCase() : words}” [${source}].`;
      const { marks } = checkAnswer(answer, '', passages);
      expect(marks.filter(({ type }) => type === 'wrongQuote')).toEqual([]);
    }),
  );
});
