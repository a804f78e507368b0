import { describe, expect, test, vi } from 'vitest';

import { tryAcceptTitle } from '../../electron/context/check-title.ts';
import { startKeeper, type KeeperUnderTest } from './keeper-under-test.ts';

const question = 'How do I keep basil alive on a north-facing window sill in winter?';
const answer = 'Basil needs light and warmth: a lamp for twelve hours, and water only when the soil is dry.';

describe('what a model wrote as a title', () => {
  test.each([
    ['Basil in winter', 'Basil in winter'],
    ['  **Title:** "Keeping basil alive"\n', 'Keeping basil alive'],
    ['# Winter basil.', 'Winter basil'],
    ['“Light for basil”', 'Light for basil'],
  ])('is taken from %j as %j', (written, title) => {
    expect(tryAcceptTitle(written, question, answer)).toBe(title);
  });

  test.each([
    ['is empty', ' \n'],
    ['is only signs', '"***"'],
    ['has several lines', 'Basil in winter\nAnd more'],
    ['is too long', 'How to keep basil and many other plants alive all through a long winter'],
    ['is in another language', '冬天种罗勒'],
    ['is about something else', 'Repairing old bicycles'],
    ['is the beginning of the question', 'How do I keep basil'],
    ['is the beginning of the answer', 'Basil needs light and warmth'],
  ])('is refused when it %s', (_why, written) => {
    expect(tryAcceptTitle(written, question, answer)).toBeUndefined();
  });

  test('is Chinese for a Chinese conversation, and short', () => {
    const asked = '冬天怎么在朝北的窗台上养罗勒？';
    expect(tryAcceptTitle('标题：《冬天养罗勒》', asked, '罗勒需要光和温暖。')).toBe('冬天养罗勒');
    expect(tryAcceptTitle('Winter basil', asked, '罗勒需要光和温暖。')).toBeUndefined();
    expect(tryAcceptTitle('罗勒'.repeat(20), asked, '罗勒需要光和温暖。')).toBeUndefined();
  });
});

const start = (script: KeeperUnderTest['script']): KeeperUnderTest => {
  const keeping = startKeeper();
  keeping.automaticTitles = true;
  keeping.script = script;
  return keeping;
};
const attended = (keeping: KeeperUnderTest, times = 1) =>
  vi.waitFor(() => expect(keeping.forgotten.length).toBeGreaterThanOrEqual(times));

describe('a conversation', () => {
  test('is named after its first answer, once', async () => {
    const keeping = start(() => 'Basil in winter');
    keeping.exchange(question, answer);
    await vi.waitFor(() => expect(keeping.titles).toEqual(['Basil in winter']));
    expect(keeping.calls[0]?.options.providerOptions).toMatchObject({ clawdbot: { priority: 'background' } });
    await attended(keeping);
    keeping.exchange('Thanks!', 'You are welcome.');
    await attended(keeping, 2);
    expect(keeping.calls).toHaveLength(1);
  });

  test('keeps its title when what the model wrote is none, and is not asked again', async () => {
    const keeping = start(() => answer);
    keeping.exchange(question, answer);
    await attended(keeping);
    keeping.exchange('Thanks!', 'You are welcome.');
    await attended(keeping, 2);
    expect(keeping.titles).toEqual([]);
    expect(keeping.calls).toHaveLength(1);
  });

  test('is not named when a person has done so, when it is not wanted, or when the model is not in memory', async () => {
    const named = start(() => 'Basil in winter');
    named.store.conversations.update(named.conversationId, { titleSource: 'person' });
    const unwanted = start(() => 'Basil in winter');
    unwanted.automaticTitles = false;
    const unloaded = start(() => 'Basil in winter');
    unloaded.modelState = { kind: 'onDisk' };
    for (const keeping of [named, unwanted, unloaded]) {
      keeping.exchange(question, answer);
      await attended(keeping);
      expect(keeping.calls).toEqual([]);
    }
  });

  test('is named later when the person went on at once', async () => {
    const keeping = start(() => new Promise(() => {}));
    keeping.exchange(question, answer);
    await vi.waitFor(() => expect(keeping.calls).toHaveLength(1));
    keeping.script = () => 'Basil in winter';
    keeping.exchange('And chives?', 'They are hardier.');
    await vi.waitFor(() => expect(keeping.titles).toEqual(['Basil in winter']));
  });
});
