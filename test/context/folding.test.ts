import { describe, expect, test, vi } from 'vitest';

import { estimateTokens } from '../../electron/context/estimate-tokens.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { assistant, linesOf, user, type Turn } from './branch-under-test.ts';
import { startKeeper, type KeeperUnderTest } from './keeper-under-test.ts';

const subjects = [
  'harbour',
  'orchard',
  'violin',
  'bakery',
  'glacier',
  'library',
  'tunnel',
  'meadow',
  'lantern',
  'compass',
];

/** Exchanges of about 90 tokens. */
function talk(count: number, from = 0): Turn[] {
  return Array.from({ length: count }, (_, index) => {
    const subject = subjects[(from + index) % subjects.length] ?? '';
    return [
      user(`What can you tell me about the ${subject} of our town, and who takes care of it these days?`),
      assistant(
        `The ${subject} number ${100 + from + index} was opened long ago. People of the town look after the ${subject} together. Visitors like it most in early summer, when the days are long and the paths are dry.`,
      ),
    ];
  }).flat();
}

const folded = (test: KeeperUnderTest) =>
  test.until(({ summaries, folding }) => summaries.length > 0 && folding.kind === 'idle');

describe('a conversation that fills most of what its model can hold', () => {
  test('is summarised while nobody waits, and the next prompt begins with the notes', async () => {
    const test = startKeeper(talk(9));
    test.exchange('And what about the mill? My name is Sam, by the way.', 'The mill stands still.');
    const { summaries } = await folded(test);
    expect(summaries[0]).toMatchObject({ level: 0, firstMessageId: test.ids[0], origin: 'sentences' });
    const last = summaries.at(-1)?.lastMessageId;
    const covered = test.ids.indexOf(last ?? '') + 1;
    expect(summaries.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(covered);

    test.add(user('What did we say?'));
    const prompt = test.assemble();
    const [system, first] = linesOf(prompt);
    expect(system).toContain(`(${covered} messages)`);
    expect(first).toContain(subjects[(covered / 2) % subjects.length]);
    expect(prompt.omittedMessages).toBe(0);
    expect(prompt.estimatedTokens).toBeLessThanOrEqual(1024);
  });

  test('keeps less than a fifth of what was folded', async () => {
    const test = startKeeper(talk(40), { contextTokens: 2048 });
    test.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(test);
    const kept = summaries.reduce(
      (sum, { text, facts }) => sum + estimateTokens([text, ...facts.map((fact) => fact.text)].join('\n')),
      0,
    );
    const source = summaries.reduce((sum, { firstMessageId, lastMessageId }) => {
      const ids = test.ids.slice(test.ids.indexOf(firstMessageId), test.ids.indexOf(lastMessageId) + 1);
      return (
        sum + [...test.store.messages.contents(ids).values()].reduce((all, { text }) => all + estimateTokens(text), 0)
      );
    }, 0);
    expect(kept).toBeLessThan(source * 0.2);
  });

  test('is summarised in the words of its model when those pass', async () => {
    const test = startKeeper(talk(9));
    const words = 'They spoke about the harbour, the orchard and the violin of the town, and who looks after them.';
    test.script = ({ isAhead, text }) => (isAhead || !text.includes('minutes') ? '' : words);
    test.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(test);
    expect(summaries[0]).toMatchObject({ text: words, origin: 'model' });
  });

  test('is asked of the model as work that nobody waits for, under a name that is forgotten afterwards', async () => {
    const test = startKeeper(talk(9));
    test.exchange('And the mill?', 'It stands still.');
    await folded(test);
    const [ask] = test.calls;
    expect(ask?.options.providerOptions).toMatchObject({ clawdbot: { priority: 'background' } });
    const name = ask?.options.providerOptions?.['clawdbot']?.['conversation'];
    expect(name).not.toBe(test.conversationId);
    await vi.waitFor(() => expect(test.forgotten).toContain(name));
  });

  test('has its new beginning read ahead, so that the next prompt only adds the question', async () => {
    const test = startKeeper(talk(9));
    test.exchange('And the mill?', 'It stands still.');
    await folded(test);
    const ahead = test.calls.filter(({ isAhead }) => isAhead);
    expect(ahead).toHaveLength(1);
    expect(ahead[0]?.options).toMatchObject({ maxOutputTokens: 1 });
    test.add(user('And the weir?'));
    const { prompt } = test.assemble();
    expect(prompt.slice(0, -1)).toEqual(ahead[0]?.options.prompt);
  });

  test('is left as it is when the model is not in memory, but for what needs none', async () => {
    const test = startKeeper(talk(6));
    test.modelState = { kind: 'onDisk' };
    test.exchange('And the mill?', 'It stands still.');
    await folded(test);
    expect(test.calls).toEqual([]);
    expect(test.store.summaries.of(test.conversationId).every(({ ready }) => !ready)).toBe(true);
    // Nothing must change yet, so what the model has read of the conversation is still good.
    test.add(user('And the weir?'));
    expect(linesOf(test.assemble())[0]).toMatch(/^user: What can you/);
  });
});

test('nothing is folded in a short conversation', async () => {
  const test = startKeeper(talk(2));
  test.exchange('And the mill?', 'It stands still.');
  await vi.waitFor(() => expect(test.forgotten).not.toEqual([]));
  expect(test.calls).toEqual([]);
  expect((await test.until(() => true)).summaries).toEqual([]);
});

describe('a person who asks meanwhile', () => {
  test('ends the work at once, is answered without the summary, and the summary comes afterwards', async () => {
    const test = startKeeper(talk(9));
    test.script = () => new Promise(() => {});
    test.exchange('And the mill?', 'It stands still.');
    await vi.waitFor(() => expect(test.calls).toHaveLength(1));
    expect(test.calls[0]?.options.abortSignal?.aborted).toBe(false);

    test.add(user('Wait, and the weir?'));
    const lines = linesOf(test.assemble());
    expect(test.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect(lines[0]).toMatch(/^user: What can you/);
    expect(test.store.summaries.of(test.conversationId)).toEqual([]);

    test.script = () => '';
    test.add(assistant('The weir hums.'));
    test.keeper.turnEnded(test.conversationId);
    expect((await folded(test)).summaries).not.toEqual([]);
  });

  test('too often gets a summary that needs no model', async () => {
    const test = startKeeper(talk(9));
    test.script = () => new Promise(() => {});
    for (let round = 1; round <= 2; round += 1) {
      test.exchange(`And the mill, round ${round}?`, 'It stands still.');
      await vi.waitFor(() => expect(test.calls).toHaveLength(round));
    }
    test.script = ({ isAhead }) => (isAhead ? '' : new Promise(() => {}));
    test.exchange('And the weir?', 'It hums.');
    const { summaries } = await folded(test);
    expect(summaries[0]?.origin).toBe('sentences');
  });

  test('in another conversation ends it as well', async () => {
    const test = startKeeper(talk(9));
    test.script = () => new Promise(() => {});
    test.exchange('And the mill?', 'It stands still.');
    await vi.waitFor(() => expect(test.calls).toHaveLength(1));
    test.keeper.assemble(test.request({ headId: test.ids[0] ?? '', conversationId: 'another' }));
    expect(test.calls[0]?.options.abortSignal?.aborted).toBe(true);
  });

  test('keeps what was summarised before', async () => {
    const test = startKeeper(talk(30));
    let asked = 0;
    test.script = () => ((asked += 1) === 1 ? '' : new Promise(() => {}));
    test.exchange('And the mill?', 'It stands still.');
    await test.until(({ summaries }) => summaries.length === 1);
    await vi.waitFor(() => expect(test.calls.length).toBeGreaterThan(1));
    test.add(user('Wait!'));
    test.assemble();
    await test.until(({ folding }) => folding.kind === 'idle');
    expect(test.store.summaries.of(test.conversationId)).toHaveLength(1);
  });
});

describe('many summaries', () => {
  test('become summaries of summaries, which cover the same messages and keep the facts', async () => {
    const test = startKeeper([user('My sister Anna lives in Porto.'), assistant('How nice.'), ...talk(60)]);
    test.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(test);
    expect(Math.max(...summaries.map(({ level }) => level))).toBeGreaterThan(0);
    expect(summaries[0]).toMatchObject({ firstMessageId: test.ids[0] });
    let next = 0;
    for (const { firstMessageId, lastMessageId, messageCount } of summaries) {
      expect(test.ids.indexOf(firstMessageId)).toBe(next);
      next = test.ids.indexOf(lastMessageId) + 1;
      expect(messageCount).toBe(next - test.ids.indexOf(firstMessageId));
    }
    expect(summaries[0]?.facts).toContainEqual({
      kind: 'person',
      text: 'My sister Anna lives in Porto.',
      messageId: test.ids[0],
      role: 'user',
    });
    test.add(user('Tell me more about the compass.'));
    expect(linesOf(test.assemble())[0]).toContain('My sister Anna lives in Porto.');
  });
});

describe('a long paste', () => {
  test('is shortened before anything else is summarised', async () => {
    const paste = `Please read this.\n${Array.from({ length: 125 }, (_, index) => `Paragraph ${index} of it is about moss.`).join('\n')}`;
    const test = startKeeper([user(paste), assistant('Read.'), user('Thanks'), assistant('Gladly.')], {
      contextTokens: 3000,
    });
    test.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(test);
    expect(summaries).toMatchObject([{ origin: 'paste', messageCount: 1, firstMessageId: test.ids[0] }]);
    test.add(user('And now?'));
    const lines = linesOf(test.assemble());
    expect(lines[0]).toContain('Please read this.');
    expect(lines[0]?.length).toBeLessThan(paste.length / 4);
    expect(lines).toContain('user: Thanks');
  });
});

describe('another branch', () => {
  test('has the summaries of what it shares and none of what it does not', async () => {
    const test = startKeeper(talk(9));
    test.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(test);
    const end = test.ids.indexOf(summaries[0]?.lastMessageId ?? '');
    const fork = (parentId: string, id: string): void =>
      test.store.messages.insert({
        id,
        conversationId: test.conversationId,
        parentId,
        role: 'user',
        text: 'Something else',
        state: 'done',
        createdAt: 1,
        model: null,
        requestId: null,
      });
    const shown = async (headId: string) => {
      test.store.conversations.update(test.conversationId, { headId });
      test.keeper.branchChanged(test.conversationId);
      return (await test.until(() => true)).summaries.map(({ id }) => id);
    };
    fork(test.ids[end] ?? '', 'after');
    expect(await shown('after')).toEqual([summaries[0]?.id]);
    fork(test.ids[end - 1] ?? '', 'inside');
    expect(await shown('inside')).toEqual([]);
    expect(await shown(test.ids.at(-1) ?? '')).toEqual(summaries.map(({ id }) => id));
  });
});

test('what could not be stored is said, and tried again when a person wants it', async () => {
  const test = startKeeper(talk(9));
  const insert = vi.spyOn(test.store.summaries, 'insert').mockImplementation(() => {
    throw new ClawdbotError('DISK_FULL', 'The disk is full.', { path: '/data' });
  });
  test.exchange('And the mill?', 'It stands still.');
  const { folding } = await test.until((context) => context.folding.kind === 'failed');
  expect(folding).toMatchObject({ error: { code: 'DISK_FULL', message: 'The disk is full.' } });
  insert.mockRestore();
  test.keeper.retry(test.conversationId);
  expect((await folded(test)).summaries).not.toEqual([]);
});

test('a model that fails is no failure: its sentences are picked', async () => {
  const test = startKeeper(talk(9));
  test.script = ({ isAhead }) => (isAhead ? '' : Promise.reject(new Error('no')));
  test.exchange('And the mill?', 'It stands still.');
  expect((await folded(test)).summaries[0]?.origin).toBe('sentences');
});
