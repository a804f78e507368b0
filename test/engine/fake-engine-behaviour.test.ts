import { expect, test } from 'vitest';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';
import { ask, user } from '../suites/engine-asking.ts';

test('answers what its script makes of the prompt', async () => {
  await using engine = createFakeEngine({
    scripts: { echo: { reply: (prompt) => `You said: ${prompt.at(-1)?.text ?? ''}` } },
  });
  expect((await ask(engine.languageModel(fakeModel('echo')), [user('good day')])).text).toBe('You said: good day');
});

test('takes the time its script says', async () => {
  await using engine = createFakeEngine({
    scripts: { slow: { reply: 'one two three four', tokensPerSecond: 50, loadMs: 20 } },
  });
  const began = performance.now();
  const answer = await ask(engine.languageModel(fakeModel('slow')), [user('Hi')]);
  expect(answer.text).toBe('one two three four');
  // Timers may fire a millisecond early, never much.
  expect(performance.now() - began).toBeGreaterThan(90);
  const fractions = answer.progress.flatMap((progress) => (progress.phase === 'loading' ? [progress.fraction] : []));
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
});

test('crashes where its script says, after what was said', async () => {
  await using engine = createFakeEngine({ scripts: { weak: { reply: 'one two three', crashAfterTokens: 2 } } });
  await engine.load(fakeModel('weak'));
  const first = engine.host;
  const answer = await ask(engine.languageModel(fakeModel('weak')), [user('Hi')]);
  expect(answer.text).toBe('one two');
  expect(answer.error).toMatchObject({ code: 'ENGINE_CRASHED', data: { reason: 'signal SIGSEGV' } });
  expect(first?.alive).toBe(false);
});

test('fails where its script says, and goes on', async () => {
  await using engine = createFakeEngine({ scripts: { odd: { reply: 'one two three', failAfterTokens: 1 } } });
  const answer = await ask(engine.languageModel(fakeModel('odd')), [user('Hi')]);
  expect(answer.text).toBe('one');
  expect(answer.error?.code).toBe('INTERNAL');
  expect(engine.state.kind).toBe('ready');
});

test('a model without a script cannot be loaded', async () => {
  await using engine = createFakeEngine({ scripts: {} });
  await expect(engine.load(fakeModel('nobody'))).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' });
});
