import { describe, expect, test, vi } from 'vitest';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { assistant, linesOf, user } from './branch-under-test.ts';
import type { Turn } from './fill-branch.ts';
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

const folded = (keeping: KeeperUnderTest) =>
  keeping.until(({ summaries, folding }) => summaries.length > 0 && folding.kind === 'idle');

describe('a conversation that fills most of what its model can hold', () => {
  test('is summarised while nobody waits, and the next prompt begins with the notes', async () => {
    const keeping = startKeeper(talk(9));
    keeping.exchange('And what about the mill? My name is Sam, by the way.', 'The mill stands still.');
    const { summaries } = await folded(keeping);
    expect(summaries[0]).toMatchObject({ level: 0, firstMessageId: keeping.ids[0], origin: 'sentences' });
    const last = summaries.at(-1)?.lastMessageId;
    const covered = keeping.ids.indexOf(last ?? '') + 1;
    expect(summaries.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(covered);

    keeping.add(user('What did we say?'));
    const prompt = keeping.assemble();
    const [system, first] = linesOf(prompt);
    expect(system).toContain(`(${covered} messages)`);
    expect(first).toContain(subjects[(covered / 2) % subjects.length]);
    expect(prompt.omittedMessages).toBe(0);
    expect(prompt.estimatedTokens).toBeLessThanOrEqual(1024);
  });

  test('keeps less than a fifth of what was folded', async () => {
    const keeping = startKeeper(talk(40), { contextTokens: 2048 });
    keeping.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(keeping);
    const kept = summaries.reduce(
      (sum, { text, facts }) => sum + estimateTokens([text, ...facts.map((fact) => fact.text)].join('\n')),
      0,
    );
    const source = summaries.reduce((sum, { firstMessageId, lastMessageId }) => {
      const ids = keeping.ids.slice(keeping.ids.indexOf(firstMessageId), keeping.ids.indexOf(lastMessageId) + 1);
      return (
        sum +
        [...keeping.store.messages.contents(ids).values()].reduce((all, { text }) => all + estimateTokens(text), 0)
      );
    }, 0);
    expect(kept).toBeLessThan(source * 0.2);
  });

  test('is summarised in the words of its model when those pass', async () => {
    const keeping = startKeeper(talk(9));
    const words = 'They spoke about the harbour, the orchard and the violin of the town, and who looks after them.';
    keeping.script = ({ isAhead, text }) => (isAhead || !text.includes('minutes') ? '' : words);
    keeping.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(keeping);
    expect(summaries[0]).toMatchObject({ text: words, origin: 'model' });
  });

  test('is asked of the model as work that nobody waits for, under a name that is forgotten afterwards', async () => {
    const keeping = startKeeper(talk(9));
    keeping.exchange('And the mill?', 'It stands still.');
    await folded(keeping);
    const [ask] = keeping.calls;
    expect(ask?.options.providerOptions).toMatchObject({ clawdbot: { priority: 'background' } });
    const name = ask?.options.providerOptions?.['clawdbot']?.['conversation'];
    expect(name).not.toBe(keeping.conversationId);
    await vi.waitFor(() => expect(keeping.forgotten).toContain(name));
  });

  test('has its new beginning read ahead, so that the next prompt only adds the question', async () => {
    const keeping = startKeeper(talk(9));
    keeping.exchange('And the mill?', 'It stands still.');
    await folded(keeping);
    const ahead = keeping.calls.filter(({ isAhead }) => isAhead);
    expect(ahead).toHaveLength(1);
    expect(ahead[0]?.options).toMatchObject({ maxOutputTokens: 1 });
    keeping.add(user('And the weir?'));
    const { prompt } = keeping.assemble();
    expect(prompt.slice(0, -1)).toEqual(ahead[0]?.options.prompt);
  });

  test('is left as it is when the model is not in memory, but for what needs none', async () => {
    const keeping = startKeeper(talk(6));
    keeping.modelState = { kind: 'onDisk' };
    keeping.exchange('And the mill?', 'It stands still.');
    await folded(keeping);
    expect(keeping.calls).toEqual([]);
    expect(keeping.store.summaries.of(keeping.conversationId).every(({ ready }) => !ready)).toBe(true);
    // Nothing must change yet, so what the model has read of the conversation is still good.
    keeping.add(user('And the weir?'));
    expect(linesOf(keeping.assemble())[0]).toMatch(/^user: What can you/);
  });
});

test('nothing is folded in a short conversation', async () => {
  const keeping = startKeeper(talk(2));
  keeping.exchange('And the mill?', 'It stands still.');
  await vi.waitFor(() => expect(keeping.forgotten).not.toEqual([]));
  expect(keeping.calls).toEqual([]);
  expect((await keeping.until(() => true)).summaries).toEqual([]);
});

describe('a person who asks meanwhile', () => {
  test('ends the work at once, is answered without the summary, and the summary comes afterwards', async () => {
    const keeping = startKeeper(talk(9));
    keeping.script = () => new Promise(() => {});
    keeping.exchange('And the mill?', 'It stands still.');
    await vi.waitFor(() => expect(keeping.calls).toHaveLength(1));
    expect(keeping.calls[0]?.options.abortSignal?.aborted).toBe(false);

    keeping.add(user('Wait, and the weir?'));
    const lines = linesOf(keeping.assemble());
    expect(keeping.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect(lines[0]).toMatch(/^user: What can you/);
    expect(keeping.store.summaries.of(keeping.conversationId)).toEqual([]);

    keeping.script = () => '';
    keeping.add(assistant('The weir hums.'));
    keeping.keeper.turnEnded(keeping.conversationId);
    expect((await folded(keeping)).summaries).not.toEqual([]);
  });

  test('too often gets a summary that needs no model', async () => {
    const keeping = startKeeper(talk(9));
    keeping.script = () => new Promise(() => {});
    for (let round = 1; round <= 2; round += 1) {
      keeping.exchange(`And the mill, round ${round}?`, 'It stands still.');
      await vi.waitFor(() => expect(keeping.calls).toHaveLength(round));
    }
    keeping.script = ({ isAhead }) => (isAhead ? '' : new Promise(() => {}));
    keeping.exchange('And the weir?', 'It hums.');
    const { summaries } = await folded(keeping);
    expect(summaries[0]?.origin).toBe('sentences');
  });

  test('in another conversation ends it as well', async () => {
    const keeping = startKeeper(talk(9));
    keeping.script = () => new Promise(() => {});
    keeping.exchange('And the mill?', 'It stands still.');
    await vi.waitFor(() => expect(keeping.calls).toHaveLength(1));
    keeping.keeper.assemble(keeping.request({ headId: keeping.ids[0] ?? '', conversationId: 'another' }));
    expect(keeping.calls[0]?.options.abortSignal?.aborted).toBe(true);
  });

  test('keeps what was summarised before', async () => {
    const keeping = startKeeper(talk(30));
    let asked = 0;
    keeping.script = () => ((asked += 1) === 1 ? '' : new Promise(() => {}));
    keeping.exchange('And the mill?', 'It stands still.');
    await keeping.until(({ summaries }) => summaries.length === 1);
    await vi.waitFor(() => expect(keeping.calls.length).toBeGreaterThan(1));
    keeping.add(user('Wait!'));
    keeping.assemble();
    await keeping.until(({ folding }) => folding.kind === 'idle');
    expect(keeping.store.summaries.of(keeping.conversationId)).toHaveLength(1);
  });
});

describe('many summaries', () => {
  test('become summaries of summaries, which cover the same messages and keep the facts', async () => {
    const keeping = startKeeper([user('My sister Anna lives in Porto.'), assistant('How nice.'), ...talk(60)]);
    keeping.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(keeping);
    expect(Math.max(...summaries.map(({ level }) => level))).toBeGreaterThan(0);
    expect(summaries[0]).toMatchObject({ firstMessageId: keeping.ids[0] });
    let next = 0;
    for (const { firstMessageId, lastMessageId, messageCount } of summaries) {
      expect(keeping.ids.indexOf(firstMessageId)).toBe(next);
      next = keeping.ids.indexOf(lastMessageId) + 1;
      expect(messageCount).toBe(next - keeping.ids.indexOf(firstMessageId));
    }
    expect(summaries[0]?.facts).toContainEqual({
      kind: 'person',
      text: 'My sister Anna lives in Porto.',
      messageId: keeping.ids[0],
      role: 'user',
    });
    keeping.add(user('Tell me more about the compass.'));
    expect(linesOf(keeping.assemble())[0]).toContain('My sister Anna lives in Porto.');
  });
});

describe('a long paste', () => {
  test('is shortened before anything else is summarised', async () => {
    const paste = `Please read this.\n${Array.from({ length: 125 }, (_, index) => `Paragraph ${index} of it is about moss.`).join('\n')}`;
    const keeping = startKeeper([user(paste), assistant('Read.'), user('Thanks'), assistant('Gladly.')], {
      contextTokens: 3000,
    });
    keeping.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(keeping);
    expect(summaries).toMatchObject([{ origin: 'paste', messageCount: 1, firstMessageId: keeping.ids[0] }]);
    keeping.add(user('And now?'));
    const lines = linesOf(keeping.assemble());
    expect(lines[0]).toContain('Please read this.');
    expect(lines[0]?.length).toBeLessThan(paste.length / 4);
    expect(lines).toContain('user: Thanks');
  });
});

describe('another branch', () => {
  test('has the summaries of what it shares and none of what it does not', async () => {
    const keeping = startKeeper(talk(9));
    keeping.exchange('And the mill?', 'It stands still.');
    const { summaries } = await folded(keeping);
    const end = keeping.ids.indexOf(summaries[0]?.lastMessageId ?? '');
    const fork = (parentId: string, id: string): void =>
      keeping.store.messages.insert({
        id,
        conversationId: keeping.conversationId,
        parentId,
        role: 'user',
        text: 'Something else',
        state: 'done',
        createdAt: 1,
        model: null,
        requestId: null,
      });
    const shown = async (headId: string) => {
      keeping.store.conversations.update(keeping.conversationId, { headId });
      keeping.keeper.branchChanged(keeping.conversationId);
      return (await keeping.until(() => true)).summaries.map(({ id }) => id);
    };
    fork(keeping.ids[end] ?? '', 'after');
    expect(await shown('after')).toEqual([summaries[0]?.id]);
    fork(keeping.ids[end - 1] ?? '', 'inside');
    expect(await shown('inside')).toEqual([]);
    expect(await shown(keeping.ids.at(-1) ?? '')).toEqual(summaries.map(({ id }) => id));
  });
});

test('what could not be stored is said, and tried again when a person wants it', async () => {
  const keeping = startKeeper(talk(9));
  const insert = vi.spyOn(keeping.store.summaries, 'insert').mockImplementation(() => {
    throw new ClawdbotError('DISK_FULL', 'The disk is full.', { path: '/data' });
  });
  keeping.exchange('And the mill?', 'It stands still.');
  const { folding } = await keeping.until((context) => context.folding.kind === 'failed');
  expect(folding).toMatchObject({ error: { code: 'DISK_FULL', message: 'The disk is full.' } });
  insert.mockRestore();
  keeping.keeper.retry(keeping.conversationId);
  expect((await folded(keeping)).summaries).not.toEqual([]);
});

test('a model that fails is no failure: its sentences are picked', async () => {
  const keeping = startKeeper(talk(9));
  keeping.script = ({ isAhead }) => (isAhead ? '' : Promise.reject(new Error('no')));
  keeping.exchange('And the mill?', 'It stands still.');
  expect((await folded(keeping)).summaries[0]?.origin).toBe('sentences');
});
