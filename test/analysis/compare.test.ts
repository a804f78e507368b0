import fc from 'fast-check';
import { expect, test } from 'vitest';

import { alignItems } from '../../electron/analysis/compare/align-items.ts';
import type { Steps } from '../../electron/analysis/in-steps.ts';
import type { ComparedRow } from '../../shared/contract/index.ts';
import type { DocumentBlock } from '../../shared/model/documents/extracted-document.ts';
import { noSignal, paragraph, startAnalysis } from './analysis-under-test.ts';

function finish<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const textOf = (side: ComparedRow['before']): string => side?.pieces.map(({ text }) => text).join('') ?? '';
const changedIn = (side: ComparedRow['before']): string[] =>
  side?.pieces.flatMap(({ text, changed }) => (changed ? [text] : [])) ?? [];

async function compare(before: readonly (readonly DocumentBlock[])[], after: readonly (readonly DocumentBlock[])[]) {
  const { analysis } = startAnalysis({ before, after });
  return analysis.compare({ beforeId: 'before', afterId: 'after' }, noSignal);
}

test('changed words, added, removed and moved paragraphs are told apart, with their pages', async () => {
  const { counts, rows } = await compare(
    [
      [
        paragraph('The rent is 840 euros a month, payable on the first day.'),
        paragraph('The tenant may keep a small dog in the flat.'),
        paragraph('Both parties may end the contract with three months of notice.'),
      ],
      [paragraph('Repairs up to 100 euros are paid by the tenant.'), paragraph('Signed in two copies.')],
    ],
    [
      [
        paragraph('The rent is 910 euros a month, payable on the third day.'),
        paragraph('Repairs up to 100 euros are paid by the tenant.'),
      ],
      [
        paragraph('Smoking is not allowed anywhere in the house.'),
        paragraph('Signed in two copies.'),
        paragraph('Both parties may end the contract with three months of notice.'),
      ],
    ],
  );
  expect(counts).toEqual({ same: 2, changed: 1, added: 1, removed: 1, moved: 1 });
  const rent = rows.find(({ kind }) => kind === 'changed');
  expect([changedIn(rent?.before ?? null), changedIn(rent?.after ?? null)]).toEqual([
    ['840', 'first'],
    ['910', 'third'],
  ]);
  const repairs = rows.find(({ after }) => textOf(after).startsWith('Repairs'));
  expect([repairs?.kind, repairs?.before?.page, repairs?.after?.page]).toEqual(['same', 2, 1]);
  expect(rows.find(({ kind }) => kind === 'moved')).toMatchObject({ before: { page: 1 }, after: { page: 2 } });
});

test('Chinese is compared by characters, tables by rows', async () => {
  const table = (price: string): DocumentBlock => ({
    kind: 'table',
    header: ['Part', 'Price'],
    rows: [
      ['Wheel', '12'],
      ['Frame', price],
    ],
  });
  const { counts, rows } = await compare(
    [[paragraph('租客须于每月五日前缴纳租金八百元。'), table('340')]],
    [[paragraph('租客须于每月十日前缴纳租金九百元。'), table('355')]],
  );
  const changed = rows.filter(({ kind }) => kind === 'changed');
  expect(changed.map(({ after }) => changedIn(after))).toEqual([['十', '九'], ['355']]);
  expect(counts).toMatchObject({ changed: 2, same: 2 });
});

test('the rows give both documents back, whatever these are', async () => {
  const line = fc.constantFrom(
    'alpha beta',
    'gamma delta one',
    'gamma delta two',
    'some longer line here',
    'x',
    'y y',
    '你好世界',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 24 }), fc.array(line, { maxLength: 24 }), async (before, after) => {
      const { rows } = await compare([before.map(paragraph)], [after.map(paragraph)]);
      expect(rows.filter(({ kind }) => kind !== 'added' && kind !== 'moved').map((row) => textOf(row.before))).toEqual(
        before,
      );
      expect(
        rows.filter(({ kind }) => kind !== 'removed' && kind !== 'movedAway').map((row) => textOf(row.after)),
      ).toEqual(after);
    }),
    { numRuns: 150 },
  );
});

test('what two lists have in common is in order on both sides, and as much as can be where nothing is unique', () => {
  const items = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 });
  fc.assert(
    fc.property(items, items, (a, b) => {
      const pairs = finish(alignItems(a, b));
      for (const [index, [i, j]] of pairs.entries()) {
        expect(a[i]).toBe(b[j]);
        expect(i).toBeGreaterThan(pairs[index - 1]?.[0] ?? -1);
        expect(j).toBeGreaterThan(pairs[index - 1]?.[1] ?? -1);
      }
      expect(finish(alignItems(a, a))).toHaveLength(a.length);
    }),
  );
});

test('two documents of 200 pages are compared in steps that let others work', async () => {
  const page = (number: number, turn: number): DocumentBlock[] =>
    Array.from({ length: 14 }, (_, line) =>
      paragraph(
        `Paragraph ${number}.${line} tells that the quantity of part ${(number * 31 + line * 7) % 97} is ${
          (number + line) % 11 === turn ? 'changed' : 'kept'
        } for the ${line + 1}th delivery of the year, in the words of the agreement.`,
      ),
    );
  const pages = (turn: number) => Array.from({ length: 200 }, (_, number) => page(number, turn));
  const { analysis } = startAnalysis({ before: pages(3), after: pages(5) });
  let breaths = 0;
  const timer = setInterval(() => (breaths += 1), 1);
  const before = process.cpuUsage();
  const { counts } = await analysis.compare({ beforeId: 'before', afterId: 'after' }, noSignal);
  const seconds = process.cpuUsage(before).user / 1e6;
  clearInterval(timer);
  console.info(`200 pages: ${seconds.toFixed(2)} s of CPU, ${breaths} breaths`);
  expect(counts.changed).toBeGreaterThan(400);
  expect(breaths).toBeGreaterThan(2);
}, 60_000);

test('the changes are told as Markdown, as many as fit', async () => {
  const before = [[paragraph('The rent is 840 euros.'), paragraph('A dog is allowed in the flat.')]];
  const after = [[paragraph('The rent is 910 euros.'), paragraph('Pets are forbidden, cats included.')]];
  const { analysis, fetched } = startAnalysis({ before, after });
  const pair = { beforeId: 'before', afterId: 'after', language: 'en' } as const;
  const { ticket, name } = await analysis.saveChanges(pair, noSignal);
  expect(name).toBe('before - after.md');
  const text = String(await fetched(ticket));
  expect(text).toContain('1 changed, 1 added, 1 removed, 0 moved');
  expect(text).toContain(
    '## Changed (page 1)\n\nBefore: The rent is ~~840~~ euros.\n\nAfter: The rent is **910** euros.',
  );
  expect(await analysis.describeChanges({ ...pair, limitChars: 200 }, noSignal)).toMatchObject({ left: 2 });
});
