import { afterEach, describe, expect, test } from 'vitest';
import type { CheckedModel } from '../../electron/engine/engine.ts';
import { createFakeEngine, fakeModel, type FakeEngine } from '../fakes/fake-engine.ts';
import { ask, assistant, recitalText, user, type Prompt } from '../suites/engine-asking.ts';

const reply = 'One two three.';
const open: FakeEngine[] = [];

afterEach(async () => {
  for (const engine of open.splice(0)) await engine[Symbol.asyncDispose]();
});

/** `takenBytes`: what is missing of the memory while the model is loaded. */
function engineWith(availableBytes = 16e9, takenBytes = 0): FakeEngine {
  const engine: FakeEngine = createFakeEngine({
    scripts: { long: { reply, tokensPerSecond: 500 } },
    memory: () => ({
      totalBytes: 32e9,
      availableBytes: availableBytes - (engine.residents.get('long')?.kind === 'loaded' ? takenBytes : 0),
    }),
  });
  open.push(engine);
  return engine;
}

/** Dear enough that it is not loaded with a long context at once. */
const model: CheckedModel = fakeModel('long', { kvBytesPerToken: 60_000, trainedContextTokens: 40_000 });
const words = (count: number): Prompt => [user(recitalText('word', count))];
const loadsOf = (engine: FakeEngine): number[] =>
  (engine.host?.requests ?? []).flatMap((request) => (request.type === 'load' ? [request.options.contextTokens] : []));

describe('a conversation that is longer than the context', () => {
  test('has its model loaded again with a longer one, and it is said', async () => {
    const engine = engineWith();
    const answer = await ask(engine.languageModel(model), words(9000));
    expect(answer.error).toBeUndefined();
    expect(answer.text).toBe(reply);
    expect(loadsOf(engine)).toEqual([8192, 12_288]);
    const phases = answer.progress.map(({ phase }) => phase);
    expect(phases.indexOf('growing')).toBeGreaterThanOrEqual(0);
    expect(phases.slice(phases.indexOf('growing'))).toContain('loading');
    expect(answer.progress.find(({ phase }) => phase === 'growing')).toMatchObject({
      contextTokens: expect.any(Number),
    });
    // It stays so: the next turn is answered at once.
    const next = await ask(engine.languageModel(model), [...words(9000), assistant(reply), user('And?')]);
    expect(next.text).toBe(reply);
    expect(loadsOf(engine)).toHaveLength(2);
  });

  test('waits for the answers that are being written', async () => {
    const engine = engineWith();
    const [short, long] = await Promise.all([
      ask(engine.languageModel(model), [user('Hello')]),
      ask(engine.languageModel(model), words(9000)),
    ]);
    expect([short.text, long.text]).toEqual([reply, reply]);
  });

  test('is refused as before where the memory does not allow it, and nothing is unloaded', async () => {
    const engine = engineWith(0.8e9, 0.52e9);
    const answer = await ask(engine.languageModel(model), words(12_000));
    expect(answer.error).toMatchObject({ code: 'CONTEXT_FULL', data: { contextTokens: 8192 } });
    expect(answer.progress.map(({ phase }) => phase)).not.toContain('growing');
    expect(loadsOf(engine)).toEqual([8192]);
    expect(engine.residents.get(model.id)).toEqual({ kind: 'loaded', contextTokens: 8192 });
  });

  test('is refused as before where the memory that was given back turns out to be less', async () => {
    const engine = engineWith(0.8e9);
    const answer = await ask(engine.languageModel(model), words(12_000));
    expect(answer.error).toMatchObject({ code: 'CONTEXT_FULL', data: { contextTokens: 8192 } });
    expect((await ask(engine.languageModel(model), [user('Hello')])).text).toBe(reply);
  });

  test('is refused where the model was not made for it, or the person has set the size', async () => {
    const engine = engineWith();
    const tooLong = await ask(engine.languageModel(model), words(41_000));
    expect(tooLong.error?.code).toBe('CONTEXT_FULL');
    const fixed = await ask(engine.languageModel({ ...model, contextTokens: 4096 }), words(5000));
    expect(fixed.error).toBeUndefined();
    await engine.unload(model.id);
    const set = await ask(engine.languageModel({ ...model, contextTokens: 4096 }), words(5000));
    expect(set.error).toMatchObject({ code: 'CONTEXT_FULL', data: { contextTokens: 4096 } });
  });

  test('is not grown for under critical pressure', async () => {
    const engine = engineWith();
    await engine.load(model);
    engine.keep({ pinnedIds: [model.id], chosenId: model.id, idleUnloadMs: null });
    const effort = { parallel: 1, batchTokens: 128, threadShare: 1, backgroundPaused: true };
    engine.adjust({ effort, pressure: 'critical' });
    const answer = await ask(engine.languageModel(model), words(9000));
    expect(answer.error?.code).toBe('CONTEXT_FULL');
  });
});
