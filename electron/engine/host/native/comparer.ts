import koffi from 'koffi';
import type { EnginePriority } from '../../../../shared/model/engine-protocol.ts';
import type { Calculation } from './calculation.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import type { Pace } from './pace.ts';
import { packTexts } from './pack-texts.ts';
import type { Stepper } from './step-loop.ts';
import type { TokenBatch } from './token-batch.ts';

export interface ComparerOptions {
  readonly functions: LlamaFunctions;
  readonly calculation: Calculation;
  readonly batch: TokenBatch;
  /** Null for models that keep nothing between two calculations. */
  readonly memory: Pointer;
  readonly pace: Pace;
  /** Texts in one calculation. */
  readonly mostTexts: number;
  /** Numbers that come out for each text. */
  readonly width: number;
  readonly wake: () => void;
}

/** Calculates what a model makes of texts, many of them at once. */
export interface Comparer extends Stepper {
  /** What is in the background waits until it is let go on. */
  pauseBackground(paused: boolean): void;
  /** In the order of the texts, each of at least one token. @throws the signal's reason, or Error when it fails */
  calculate(
    texts: readonly (readonly number[])[],
    priority: EnginePriority,
    signal: AbortSignal,
  ): Promise<Float32Array[]>;
}

interface Job {
  readonly texts: readonly (readonly number[])[];
  readonly priority: EnginePriority;
  readonly results: Float32Array[];
  readonly settle: PromiseWithResolvers<Float32Array[]>;
  ended: boolean;
}

interface Item {
  readonly job: Job;
  readonly index: number;
}

const order: readonly EnginePriority[] = ['person', 'api', 'background'];

export function createComparer(options: ComparerOptions): Comparer {
  const { functions, calculation, batch, memory, pace, width } = options;
  let jobs: Job[] = [];
  let calculating: readonly Item[] = [];
  let paused = false;

  const active = (): Job[] => jobs.filter(({ priority }) => !paused || priority !== 'background');

  const end = (job: Job): boolean => {
    if (job.ended) return false;
    job.ended = true;
    jobs = jobs.filter((other) => other !== job);
    return true;
  };
  const fail = (items: readonly Item[], error: unknown): void => {
    for (const { job } of items) if (end(job)) job.settle.reject(error);
  };

  const next = (): Item[] => {
    const waiting = active()
      .toSorted((a, b) => order.indexOf(a.priority) - order.indexOf(b.priority))
      .flatMap((job) =>
        [...job.texts.keys()]
          .slice(job.results.length, job.results.length + options.mostTexts)
          .map((index) => ({ job, index })),
      )
      .slice(0, options.mostTexts);
    const { batchTokens, aloneTokens, besideTokens } = pace.limits();
    const wished = waiting[0]?.job.priority === 'background' ? besideTokens : aloneTokens;
    const lengths = waiting.map(({ job, index }) => job.texts[index]?.length ?? 0);
    return waiting.slice(0, packTexts(lengths, wished, batchTokens));
  };

  const fill = (items: readonly Item[]): number => {
    batch.clear();
    for (const [sequence, { job, index }] of items.entries()) {
      for (const [position, token] of (job.texts[index] ?? []).entries()) batch.add(token, position, sequence, true);
    }
    return batch.batch.n_tokens;
  };

  const read = (sequence: number): Float32Array => {
    const pointer = functions.embeddingsOf(calculation.context, sequence);
    if (pointer === null) throw new Error('llama.cpp calculated nothing for a text.');
    const numbers = new Float32Array(koffi.view(pointer, width * 4)).slice();
    // A model with broken weights calculates NaN.
    if (numbers.every(Number.isFinite)) return numbers;
    throw new Error('The model calculated something that is no number.');
  };

  const settle = (items: readonly Item[], status: number): void => {
    // Broken off because of some; the others come again.
    if (status === 2) return;
    if (status !== 0) return fail(items, new Error(`llama.cpp could not calculate (${status}).`));
    for (const [sequence, { job }] of items.entries()) {
      if (job.ended) continue;
      job.results.push(read(sequence));
      if (job.results.length === job.texts.length && end(job)) job.settle.resolve(job.results);
    }
  };

  return {
    get hasWork() {
      return active().length > 0;
    },
    get isBackground() {
      return active().every(({ priority }) => priority === 'background');
    },
    pauseBackground(wanted) {
      paused = wanted;
    },
    async calculate(texts, priority, signal) {
      signal.throwIfAborted();
      if (texts.length === 0) return [];
      const job: Job = { texts, priority, results: [], settle: Promise.withResolvers(), ended: false };
      const abort = (): void => {
        if (!end(job)) return;
        job.settle.reject(signal.reason);
        if (calculating.length > 0 && calculating.every((item) => item.job.ended)) calculation.breakOff();
      };
      signal.addEventListener('abort', abort, { once: true });
      jobs.push(job);
      options.wake();
      return job.settle.promise.finally(() => signal.removeEventListener('abort', abort));
    },
    async step() {
      const items = next();
      if (items.length === 0) return;
      calculating = items;
      try {
        const tokens = fill(items);
        const beganMs = performance.now();
        const status = await calculation.run(batch, pace.expectedMs(tokens));
        if (status === 0) pace.note(tokens, performance.now() - beganMs);
        settle(items, status);
      } catch (error) {
        fail(items, error);
      } finally {
        calculating = [];
        if (memory !== null) functions.forget(memory, -1, -1, -1);
      }
    },
  };
}
