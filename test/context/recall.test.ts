import { describe, expect, test } from 'vitest';

import type { BranchUnderTest } from './branch-under-test.ts';
import { assistant, linesOf, openBranch, user } from './branch-under-test.ts';
import { plantedConversation, plantedFacts } from './planted-conversation.ts';

const ask = (branch: BranchUnderTest, question: string): { all: string; last: string; count: number } => {
  const headId = branch.aside(user(question));
  const lines = linesOf(branch.assemble({ headId }));
  const last = (lines.at(-1) ?? '').replace(question, '');
  return { all: [...lines.slice(0, -1), last].join('\n'), last, count: lines.length };
};

describe('what was said long ago', () => {
  test('is in the prompt when it is asked for, 30 things over 100,000 characters, nearly always', () => {
    const branch = openBranch(plantedConversation(100_000));
    const missed = plantedFacts.filter(({ asked, answer }) => !ask(branch, asked).all.includes(answer));
    expect(missed.map(({ asked }) => asked)).toHaveLength(missed.length > 1 ? 0 : missed.length);
  });

  test('is quoted before the question, with who said it and when', () => {
    const branch = openBranch([
      user('My grandmother grew up in a village called Oravais.'),
      assistant('A fine place.'),
      ...plantedConversation(30_000, []),
    ]);
    const { last } = ask(branch, 'Where did my grandmother grow up?');
    expect(last).toMatch(
      /Said earlier in this conversation:\n- User \(\d{4}-\d\d-\d\d\): My grandmother grew up in a village called Oravais\./,
    );
  });

  test('is quoted in Chinese when it was said in Chinese', () => {
    const branch = openBranch([
      user('我奶奶小时候住在一个叫石塘的渔村。'),
      assistant('真好。'),
      ...plantedConversation(30_000, []),
    ]);
    expect(ask(branch, '我奶奶小时候住在哪里？').last).toContain('用户');
  });

  test('is not quoted when it is read anyway, or when nothing was said about it', () => {
    const short = openBranch([user('My grandmother grew up in Oravais.'), assistant('A fine place.')]);
    expect(ask(short, 'Where did my grandmother grow up?').last).toBe('user: ');
    const long = openBranch(plantedConversation(30_000, []));
    expect(ask(long, 'Zygomorphic quinces?').last).toBe('user: ');
    expect(ask(long, 'And?').last).toBe('user: ');
  });

  test('changes nothing of what comes before the question', () => {
    const branch = openBranch(plantedConversation(30_000));
    const [first, second] = ["What was our dentist's name?", 'Which nuts am I allergic to?'].map((question) => {
      const headId = branch.aside(user(question));
      return branch.assemble({ headId }).prompt.slice(0, -1);
    });
    expect(first).toEqual(second);
  });

  test('is found only on its own branch', () => {
    const branch = openBranch([user('The wombat is called Aurelio.'), ...plantedConversation(30_000, [])]);
    branch.aside(user('The wombat is called Benedikt.'));
    const { last } = ask(branch, 'What is the wombat called?');
    expect(last).toContain('Aurelio');
    expect(last).not.toContain('Benedikt');
  });
});
