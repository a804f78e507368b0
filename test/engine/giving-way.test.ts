import { expect, test } from 'vitest';
import { leastMemoryBytes } from '../../shared/model/memory-need.ts';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';
import { ask, recitalText, user } from '../suites/engine-asking.ts';

test('background work that gives way to a load lets go of its model in time to make room', async () => {
  const big = { weightsBytes: 3_000_000_000 };
  const [one, two] = [fakeModel('one', big), fakeModel('two', big)];
  const neededBytes = leastMemoryBytes(one);
  await using engine = createFakeEngine({
    scripts: { one: { reply: recitalText('word', 5000), tokensPerSecond: 20 }, two: { reply: 'Here.' } },
    memory: () => ({ totalBytes: 8e9, availableBytes: (1.5 - loaded()) * neededBytes }),
  });
  function loaded(): number {
    return [...engine.residents.values()].filter(({ kind }) => kind === 'loaded').length;
  }
  await engine.load(one);
  const abort = new AbortController();
  const stop = engine.onChange(() => {
    if ([...engine.residents.values()].some(({ kind }) => kind === 'loading')) abort.abort();
  });
  const background = ask(engine.languageModel(one), [user('Hi')], {
    abortSignal: abort.signal,
    providerOptions: { clawdbot: { priority: 'background' } },
    onPart: () => begun.resolve(),
  });
  const begun = Promise.withResolvers<void>();
  await begun.promise;
  await engine.load(two);
  stop();
  expect([...engine.residents.keys()]).toEqual(['two']);
  expect((await background).error?.code).toBe('CANCELLED');
});
