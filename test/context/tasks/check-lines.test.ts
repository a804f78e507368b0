import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { groundedPoints, questionsOf } from '../../../electron/context/tasks/check-lines.ts';
import { tryAcceptTranslation } from '../../../electron/context/tasks/check-translation.ts';
import { passage } from './some-passages.ts';

const pages = [
  passage('The deposit is 1,250 euros and is due on 12 March. Karin Halvorsen signs for the owner.', { page: 3 }),
  passage('The rent is 840 euros a month. The heating was renewed in 2019.', { seq: 1, page: 4 }),
];

describe('the points of an answer', () => {
  test('come with the page that they stand on, whatever page the model wrote', () => {
    const answer =
      'Here are the facts:\n- The deposit is 1250 euros (p. 9)\n* The rent is 840 euros a month.\n2) Heating renewed in 2019 [page 3].';
    expect(groundedPoints(answer, pages).map(({ text, passage: { page } }) => [text, page])).toEqual([
      ['The deposit is 1250 euros', 3],
      ['The rent is 840 euros a month.', 4],
      ['Heating renewed in 2019.', 4],
    ]);
  });

  test.each([
    ['a number that is not there', '- The deposit is 1,350 euros'],
    ['half of a number that is there', '- The rent is 84 euros a month'],
    ['a name that is not there', '- The rent is paid to Karin Johansen'],
    ['something else altogether', '- Bananas grow quickly under tropical sunshine'],
    ['nothing', '- \n\n-'],
  ])('are dropped where they hold %s', (_, answer) => {
    expect(groundedPoints(answer, pages)).toEqual([]);
  });

  test('are said once', () => {
    const answer = '- The deposit is 1,250 euros\n- The deposit is 1,250 euros.\n- The rent is 840 euros a month';
    expect(groundedPoints(answer, pages)).toHaveLength(2);
  });

  test('may be in another language than the pages, as long as their numbers stand there', () => {
    const answer = '- 押金为 1,250 欧元，三月到期\n- 租金为每月 999 欧元';
    expect(groundedPoints(answer, pages).map(({ passage: { page } }) => page)).toEqual([3]);
  });

  test('never hold a number that the pages do not, whatever a model writes', () => {
    const line = fc.array(fc.constantFrom('deposit', 'rent', '1,250', '840', '84', '12', '77', 'euros', '-', '\n'));
    fc.assert(
      fc.property(line, (words) => {
        for (const { text } of groundedPoints(`- ${words.join(' ')}`, pages)) {
          expect(text).not.toMatch(/\b(?:84|77)\b/);
        }
      }),
    );
  });
});

test('questions are kept that are about the pages', () => {
  const answer = '- What is the deposit for?\n- Is the sky green?\n- The rent is 840.\n- What is the deposit for??';
  expect(questionsOf(answer, pages)).toEqual(['What is the deposit for?']);
});

describe('a translation', () => {
  const source =
    '## Deposit\n\nThe deposit is 1,250 euros and it is due on the twelfth of March this year, before the keys change hands and the meter is read.\n\n| a | b |';
  test('is taken when it keeps headings and tables', () => {
    const good = '## 押金\n\n押金为1,250欧元，应于今年三月十二日支付，早于交接钥匙和抄表。\n\n| 甲 | 乙 |';
    expect(tryAcceptTranslation(good, source, 'zh-Hans', true)).toBe(good);
    expect(tryAcceptTranslation(`\`\`\`markdown\n${good}\n\`\`\``, source, 'zh-Hans', true)).toBe(good);
  });
  test.each([
    ['lost its heading', '押金为1,250欧元，应于今年三月十二日支付，早于交接钥匙和抄表。', 'zh-Hans', true],
    ['is in the wrong script', 'Die Kaution beträgt 1.250 Euro.', 'zh-Hans', false],
    ['is the source again', source, 'en', false],
    ['is empty', '  ', 'de', false],
    ['says the same again and again', '押金是欧元押金是欧元押金是欧元押金是欧元押金是欧元押金是欧元', 'zh-Hans', false],
  ])('is none when it %s', (_, written, language, strict) => {
    expect(tryAcceptTranslation(written, source, language, strict)).toBeUndefined();
  });
});
