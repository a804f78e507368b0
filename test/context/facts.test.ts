import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseFacts, extractFacts, factTokens, standsIn } from '../../electron/context/extract-facts.ts';

const from = (text: string, role: 'user' | 'assistant' = 'user') => extractFacts([{ id: 'm', role, text }]);

describe('a sentence to be kept', () => {
  test.each([
    ['person', 'My sister Anna lives in Porto.'],
    ['person', 'I am allergic to peanuts.'],
    ['person', 'Call me Sam.'],
    ['person', '我叫李雷。'],
    ['person', '我对花生过敏。'],
    ['person', '我女儿在杭州上学。'],
    ['decision', 'In the end we decided on the blue tiles.'],
    ['decision', '最后我们决定坐火车去。'],
    ['promise', 'Remind me to water the plants.'],
    ['promise', '别忘了交电费。'],
    ['amount', 'The rent is 1,250 euros a month.'],
    ['amount', '房租每月三千元。'],
    ['date', 'The ferry leaves at 14:35.'],
    ['date', '会议在五月三号。'],
    ['number', 'The booking is under QX-4471.'],
    ['number', '航班是 CA1234。'],
    ['name', 'The architect of it was Zaha Hadid.'],
  ])('is a %s: %s', (kind, text) => {
    expect(from(text)).toEqual([expect.objectContaining({ kind, text, messageId: 'm', role: 'user' })]);
  });

  test.each(['What is my name?', 'I see, thanks.', '好的，谢谢。', 'Sure, go on.', '```\nconst total = 12345;\n```'])(
    'is none: %s',
    (text) => {
      expect(from(text)).toEqual([]);
    },
  );

  test('about the person is only what the person said', () => {
    expect(from('My sister Anna lives in Porto.', 'assistant').map(({ kind }) => kind)).not.toContain('person');
  });
});

test('what was said again about the same thing takes the place of what was said before', () => {
  const facts = extractFacts([
    { id: 'one', role: 'user', text: 'My appointment is on 3 May.' },
    { id: 'two', role: 'user', text: 'Sorry, my appointment is on 5 May.' },
  ]);
  expect(facts.map(({ messageId }) => messageId)).toEqual(['two']);
});

test('every fact stands in its message to the letter, whatever the message is', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      'My dog is called Rex. ',
      'I live in Oslo!\n',
      '我叫小明。',
      'It costs $30 on 2 June. ',
      'Dr. Weber ',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
        { maxLength: 5 },
      ),
      (texts) => {
        const messages = texts.map((text, index) => ({ id: `m${index}`, role: 'user' as const, text }));
        for (const fact of extractFacts(messages)) expect(standsIn(fact, messages)).toBe(true);
      },
    ),
  );
});

test('a fact that was changed, or put into another mouth, does not stand in its source', () => {
  const messages = [{ id: 'm', role: 'user' as const, text: 'My dog is called Rex.' }];
  const [fact] = extractFacts(messages);
  if (fact === undefined) throw new Error('There is a fact in it.');
  expect(standsIn({ ...fact, text: 'My dog is called Max.' }, messages)).toBe(false);
  expect(standsIn({ ...fact, messageId: 'other' }, messages)).toBe(false);
  expect(standsIn({ ...fact, role: 'assistant' }, messages)).toBe(false);
});

test('the weightiest that fit are chosen, in their order', () => {
  const facts = from('The gate is B42. I am allergic to nuts. We met Carla Rossi there. My name is Sam.');
  const budget = 40;
  const chosen = chooseFacts(facts, budget);
  expect(chosen.reduce((sum, fact) => sum + factTokens(fact), 0)).toBeLessThanOrEqual(budget);
  expect(chosen.map(({ text }) => text)).toContain('My name is Sam.');
  expect(facts.filter((fact) => chosen.includes(fact))).toEqual(chosen);
});
