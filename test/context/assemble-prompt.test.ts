import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

import type { AssembledPrompt, PromptRequest } from '../../electron/context/context.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { failureOf } from '../store/failure-of.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { assistant, linesOf, openBranch, user } from './branch-under-test.ts';
import type { Turn } from './fill-branch.ts';

function assemble(turns: readonly Turn[], options: Partial<PromptRequest> = {}) {
  return openBranch(turns, shared()).assemble(options);
}

const lines = (prompt: AssembledPrompt['prompt']): string[] => linesOf({ prompt });

/** One database for all that a test asks: opening one takes longer than anything else here. */
let opened: Store | undefined;
beforeEach(() => {
  opened = undefined;
});
function shared(): Store {
  return (opened ??= createStore(openTempDatabase()));
}

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('a prompt', () => {
  test('holds the system prompt, the turns in order, and the question last', () => {
    const { prompt, omittedMessages } = assemble([user('One?'), assistant('One.'), user('Two?')], {
      systemPrompt: 'Be brief.',
    });
    expect(lines(prompt)).toEqual(['system: Be brief.', 'user: One?', 'assistant: One.', 'user: Two?']);
    expect(omittedMessages).toBe(0);
  });

  test('has no system turn when there is no system prompt', () => {
    expect(lines(assemble([user('One?')]).prompt)).toEqual(['user: One?']);
  });

  test('ends with the answer that is to be continued', () => {
    expect(lines(assemble([user('One?'), assistant('One, tw')]).prompt)).toEqual(['user: One?', 'assistant: One, tw']);
  });

  test('leaves out answers of which nothing was written, and asks their questions together with the next', () => {
    const turns = [
      user('One?'),
      assistant(''),
      user('Again: one?'),
      assistant(' \n'),
      user('Hello?'),
      assistant('Hi.'),
      user('Two?'),
    ];
    expect(lines(assemble(turns).prompt)).toEqual([
      'user: One?\n\nAgain: one?\n\nHello?',
      'assistant: Hi.',
      'user: Two?',
    ]);
  });

  test('is a question again when the answer to be continued is still empty', () => {
    expect(lines(assemble([user('One?'), assistant('')]).prompt)).toEqual(['user: One?']);
  });

  test('drops the oldest exchanges whole and says how many messages that is', () => {
    const turns = Array.from({ length: 20 }, (_, index) => [
      user(`${index}? ${words(60)}`),
      assistant(`${index}. ${words(60)}`),
    ]).flat();
    const { prompt, omittedMessages, estimatedTokens } = assemble([...turns, user('Last?')], { contextTokens: 4096 });
    expect(omittedMessages).toBeGreaterThan(0);
    expect(omittedMessages % 2).toBe(0);
    expect(prompt).toHaveLength(41 - omittedMessages);
    expect(lines(prompt)[0]).toMatch(`user: ${omittedMessages / 2}?`);
    expect(lines(prompt).at(-1)).toBe('user: Last?');
    expect(estimatedTokens).toBeLessThanOrEqual(4096 - 1024);
  });

  test('becomes shorter when tokens turned out to be more than estimated', () => {
    const turns = Array.from({ length: 20 }, (_, index) => [user(`${index}?`), assistant(words(30))]).flat();
    const plain = assemble([...turns, user('Last?')]);
    const scaled = assemble([...turns, user('Last?')], { tokenScale: 3 });
    expect(plain.omittedMessages).toBe(0);
    expect(scaled.omittedMessages).toBeGreaterThan(0);
  });

  test('that does not fit even without most of its question is refused with the numbers', () => {
    const error = failureOf(() =>
      assemble([user('One?'), assistant('One.'), user(words(2000))], {
        contextTokens: 512,
        systemPrompt: words(400),
      }),
    );
    expect(error.code).toBe('CONTEXT_FULL');
    expect(error.data).toMatchObject({ contextTokens: 512 });
    expect(error.message).toContain('Shorten it');
  });

  test('of one message that does not fit holds what is asked and the parts that fit the question', () => {
    const filler = Array.from({ length: 300 }, (_, index) => `Line ${index} tells of hills and rivers.`);
    const text = [
      'Where does the lighthouse keeper keep the brass key?',
      ...filler.with(170, 'The lighthouse keeper hides the brass key under the third step.'),
    ].join('\n');
    const { prompt, estimatedTokens } = assemble([user('One?'), assistant('One.'), user(text)], {
      contextTokens: 1024,
    });
    const [question] = lines(prompt.slice(-1));
    expect(question).toContain('Where does the lighthouse keeper');
    expect(question).toContain('under the third step');
    expect(question).toContain(`${text.length} characters`);
    expect(estimatedTokens).toBeLessThanOrEqual(1024);
  });

  test('of one message that leaves little room for the answer is tried all the same', () => {
    const question = words(120);
    const contextTokens = estimateTokens(question) + 20;
    expect(lines(assemble([user('One?'), assistant('One.'), user(question)], { contextTokens }).prompt)).toEqual([
      `user: ${question}`,
    ]);
  });
});

test('whatever was said, turns alternate, begin and end with the person, and fit', () => {
  const answer = fc.oneof(fc.constant(''), fc.string({ maxLength: 400 }), fc.lorem({ maxCount: 60 }));
  const exchange = fc.tuple(fc.lorem({ maxCount: 30 }), answer);
  fc.assert(
    fc.property(
      fc.array(exchange, { maxLength: 40 }),
      fc.integer({ min: 300, max: 4000 }),
      (exchanges, contextTokens) => {
        const turns = exchanges.flatMap(([question, reply]) => [user(question), assistant(reply)]);
        const { prompt, omittedMessages, estimatedTokens } = assemble([...turns, user('Last?')], {
          contextTokens,
          systemPrompt: 'Hi.',
        });
        const [first, ...rest] = prompt;
        expect(first?.role).toBe('system');
        rest.forEach((message, index) => expect(message.role).toBe(index % 2 === 0 ? 'user' : 'assistant'));
        expect(lines(rest).at(-1)).toMatch(/Last\?$/);
        expect(estimatedTokens).toBeLessThanOrEqual(contextTokens);
        const said = turns.filter(({ role, text }) => role === 'user' || text.trim() !== '').length;
        expect(omittedMessages).toBeLessThanOrEqual(said);
        if (rest.length === 1 && said > 0) {
          expect(omittedMessages + countMerged(lines(rest)[0])).toBeGreaterThanOrEqual(1);
        }
      },
    ),
    { numRuns: 50 },
  );
});

function countMerged(line: string | undefined): number {
  return (line ?? '').split('\n\n').length - 1;
}
