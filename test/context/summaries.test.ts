import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tryAcceptSummary } from '../../electron/context/check-summary.ts';
import { condenseText } from '../../electron/context/condense-text.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { splitSentences } from '../../electron/context/sentences.ts';
import { summariseSentences } from '../../electron/context/summarise-sentences.ts';

const source = `User: We want to repaint the boat before the regatta in June.
Assistant: Then sand the hull first and use two coats of marine paint.
User: The hull is 9 metres long, how much paint is that?
Assistant: About 4 litres for 2 coats on a hull of 9 metres.`;
const limits = { mostTokens: 60 };

describe('what a model wrote as a summary', () => {
  test('is taken when it says what was said', () => {
    const text = 'The hull of the boat is 9 metres long; it is to be repainted before the regatta with two coats.';
    expect(tryAcceptSummary(`**Summary:** ${text}\n`, source, limits)).toBe(text);
  });

  test.each([
    ['is empty', ' \n'],
    ['is too long', 'The boat needs paint before the regatta. '.repeat(20)],
    ['is in another language', '船身需要在六月的比赛之前重新刷漆，一共需要两层船漆和四升油漆。'],
    ['repeats itself', 'paint the boat hull paint the boat hull paint the boat hull paint the boat hull'],
    ['is the beginning of the source', 'User: We want to repaint the boat before the regatta in June.'],
    ['is about something else', 'Bananas ripen quickly near apples because ethylene gas spreads between fruit.'],
    [
      'holds a number that was never said',
      'The hull of the boat is 12 metres long and needs paint before the regatta.',
    ],
    ['says next to nothing', 'Boat paint.'],
  ])('is refused when it %s', (_why, text) => {
    expect(tryAcceptSummary(text, source, limits)).toBeUndefined();
  });

  test('is taken in Chinese when Chinese was spoken', () => {
    const chinese = '用户：我们想在六月比赛前给船重新刷漆。助手：先打磨船身，再刷两层船漆。';
    expect(tryAcceptSummary('摘要：六月比赛前给船刷漆，先打磨船身，刷两层船漆。', chinese, limits)).toBe(
      '六月比赛前给船刷漆，先打磨船身，刷两层船漆。',
    );
  });
});

describe('sentences picked without a model', () => {
  const words = fc.lorem({ maxCount: 80, mode: 'sentences' });
  test('stand in the messages, fit the budget, and keep their order', () => {
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 200 }),
        (texts, budget) => {
          const messages = texts.map((text, index) => ({ id: `m${index}`, role: 'user' as const, text }));
          const summary = summariseSentences(messages, budget);
          expect(estimateTokens(summary)).toBeLessThanOrEqual(budget + 1);
          const all = texts.flatMap((text) => splitSentences(text).map((sentence) => sentence.text));
          const places = summary === '' ? [] : summary.split('\n').map((line) => all.indexOf(line));
          expect(places).not.toContain(-1);
        },
      ),
    );
  });

  test('are about what most is about, and say nothing twice', () => {
    const summary = summariseSentences(
      [
        {
          id: 'a',
          role: 'user',
          text: 'The old lighthouse on the cliff needs a new lamp. Nice weather today, by the way.',
        },
        {
          id: 'b',
          role: 'assistant',
          text: 'A lighthouse lamp of that size costs much. The lighthouse lamp must be ordered early.',
        },
        { id: 'c', role: 'user', text: 'The old lighthouse on the cliff needs a new lamp.' },
      ],
      18,
    );
    expect(summary).toContain('The old lighthouse on the cliff needs a new lamp.');
    expect(summary.match(/needs a new lamp/g)).toHaveLength(1);
    expect(summary).not.toContain('weather');
  });
});

describe('a long text', () => {
  test('that fits stays as it is', () => {
    expect(condenseText('Short enough.', 100)).toBe('Short enough.');
  });

  test('keeps to the budget, whatever it is', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 400 }), fc.integer({ min: 200, max: 400 }), (text, budget) => {
        expect(estimateTokens(condenseText(text, budget))).toBeLessThanOrEqual(budget);
      }),
    );
  });

  test('in Chinese keeps the request and what fits it', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `第${index}行讲的是山和河流的故事。`);
    const text = ['灯塔的钥匙放在哪里？', ...lines.with(120, '守塔人把灯塔的钥匙藏在第三级台阶下面。')].join('\n');
    const short = condenseText(text, 500);
    expect(short).toContain('灯塔的钥匙放在哪里？');
    expect(short).toContain('第三级台阶下面');
    expect(estimateTokens(short)).toBeLessThanOrEqual(500);
  });
});
