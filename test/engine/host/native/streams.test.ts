import { expect, test } from 'vitest';
import { createLookupDrafting } from '../../../../electron/engine/host/native/drafting.ts';
import type { Lane } from '../../../../electron/engine/host/native/lanes.ts';
import { createPace } from '../../../../electron/engine/host/native/pace.ts';
import type { Stream } from '../../../../electron/engine/host/native/stream.ts';
import { createStreams, type StreamsOptions } from '../../../../electron/engine/host/native/streams.ts';
import type { AnswerOutcome } from '../../../../electron/engine/host/resident-model.ts';
import { greedySampling } from '../../../suites/greedy-sampling.ts';

type Token = Stream['tokens'][number];

/** A model as a function of the tokens before; `statuses` are answers of llama.cpp other than that all went well. */
function openStreams(model: (tokens: readonly number[]) => number, statuses: readonly number[] = []) {
  const added: { token: number; position: number; output: boolean }[] = [];
  const batch = { n_tokens: 0, token: null, pos: null, n_seq_id: null, seq_id: null, logits: null };
  const held: number[] = [];
  const left = [...statuses];
  const calculations: number[] = [];
  const cut = (lane: Lane, tokens: number): void => {
    lane.tokens.length = tokens;
    held.length = tokens;
  };
  const options: StreamsOptions = {
    batch: {
      batch,
      clear() {
        batch.n_tokens = 0;
        added.length = 0;
      },
      add(token, position, _sequence, output) {
        added.push({ token, position, output });
        return batch.n_tokens++;
      },
      [Symbol.dispose]: () => undefined,
    },
    calculation: {
      context: null,
      async run() {
        const status = left.shift() ?? 0;
        if (status !== 0) return status;
        calculations.push(added.length);
        for (const { token, position } of added) {
          // What is taken back must have been taken back before something else is put there.
          expect(position).toBe(held.length);
          held.push(token);
        }
        return 0;
      },
      breakOff: () => undefined,
      useThreads: () => undefined,
      [Symbol.dispose]: () => undefined,
    },
    lanes: {
      restingTokens: 0,
      take: () => Promise.resolve(undefined),
      give: () => undefined,
      cut,
      forgetOldest: () => false,
      save: () => Promise.resolve(),
      clear: () => Promise.resolve(),
      forget: () => undefined,
    },
    pace: createPace({ batchTokens: 64, breakable: true }),
    contextTokens: 200,
    pauses: { hasWork: false, run: () => Promise.resolve(), add: () => undefined },
    onRest: () => undefined,
  };
  const streams = createStreams(options);

  const answer = async (prompt: readonly Token[], length: number, guessing: boolean): Promise<number[]> => {
    const said: number[] = [];
    const settle = Promise.withResolvers<AnswerOutcome>();
    const stream: Stream = {
      task: {
        turns: [],
        sampling: sampling(length),
        priority: 'person',
        owner: undefined,
        signal: new AbortController().signal,
        onStep: () => undefined,
        onQueued: () => undefined,
        onReading: () => undefined,
        onText: () => undefined,
      },
      prompt: {
        tokens: [...prompt],
        stopTexts: [],
        stopTokens: new Set(),
        ignoredStarts: [],
        thought: undefined,
        markTokens: new Map(),
      },
      lane: {
        sequence: 0,
        tokens: [],
        owner: undefined,
        lastUsedMs: 0,
        taken: true,
        savedTokens: 0,
        isForgotten: false,
      },
      sampler: {
        sample(_context, index) {
          const place = added[index];
          expect(place?.output).toBe(true);
          return { token: model(held.slice(0, (place?.position ?? 0) + 1)) };
        },
        beginGrammar: () => undefined,
        [Symbol.dispose]: () => undefined,
      },
      reply: {
        get tokens() {
          return said.length;
        },
        answering: true,
        push(token) {
          said.push(token);
          return said.length === length ? 'length' : undefined;
        },
        end: () => undefined,
      },
      cachedTokens: 0,
      settle,
      tokens: [...prompt],
      ...(guessing ? { drafting: createLookupDrafting() } : {}),
      guesses: { proposed: 0, right: 0 },
      waitedSteps: 0,
      parked: false,
      ended: false,
    };
    streams.add(stream);
    while (streams.hasWork) await streams.step();
    expect(await settle.promise).toMatchObject({ kind: 'finished', finish: 'length' });
    // Nothing but what was said is left in the memory, and never more than the lane knows of.
    expect(held).toEqual([...prompt, ...said].slice(0, held.length));
    expect(held).toEqual(stream.lane.tokens);
    return said;
  };
  return { answer, calculations };
}

const tokensOf = (values: readonly number[]): Token[] => values.filter(isToken);
const prompt = tokensOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]);
/** Counts from 1 to 9 and begins anew; every twentieth token is another one. */
const counting = (tokens: readonly number[]): number =>
  tokens.length % 20 === 0 ? 20 : ((tokens.at(-1) ?? 0) % 9) + 1;

test('guesses that are right are calculated together, and the answer is the same', async () => {
  const plain = openStreams(counting);
  const guessing = openStreams(counting);
  const said = await plain.answer(prompt, 80, false);
  expect(await guessing.answer(prompt, 80, true)).toEqual(said);
  expect(plain.calculations).toHaveLength(80);
  expect(guessing.calculations.length).toBeLessThan(45);
  expect(Math.max(...guessing.calculations.slice(1))).toBeGreaterThan(4);
});

test('guesses for which there is no room are left out, and nobody has to make way for them', async () => {
  const plain = openStreams(counting);
  const crowded = openStreams(counting, [1]);
  const said = await plain.answer(prompt, 40, false);
  expect(await crowded.answer(prompt, 40, true)).toEqual(said);
  // What was refused was the prompt with guesses after it; then it was read alone.
  expect(crowded.calculations[0]).toBe(prompt.length);
});

function isToken(value: number): value is Token {
  return value >= 0;
}

function sampling(maxTokens: number): Stream['task']['sampling'] {
  return { ...greedySampling, maxTokens };
}
