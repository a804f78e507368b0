import koffi from 'koffi';
import type { NativeLlama } from './open-native.ts';
import type { Batch, Pointer } from './llama-structs.ts';
import { offload } from './offload.ts';
import { createThreadChoice } from './thread-choice.ts';
import type { TokenBatch } from './token-batch.ts';

export interface Calculation extends Disposable {
  readonly context: Pointer;
  /**
   * What `llama_decode` returns: 0 done, 1 no room, 2 broken off, less than 0 failed. Quick ones run right here; in the
   * middle of others the event loop turns and `breakOff` works.
   */
  run(batch: TokenBatch, expectedMs: number): Promise<number>;
  breakOff(): void;
  /**
   * From the next calculation on: at most so many, fewer while other programs keep them apart; at most as many as the
   * context was made for.
   */
  useThreads(threads: number): void;
}

/**
 * Handing a calculation to another thread and back costs more the busier the machine is; the event loop can wait this
 * long instead, and an abort still comes in time.
 */
const quickMs = 80;

/** Takes over the context. `threadIsTaken` tells that the thread for slow calls is busy with something long. */
export function createCalculation(
  { functions, firstByteSet, pools }: NativeLlama,
  context: Pointer,
  threadIsTaken: () => boolean,
): Calculation {
  // Two bytes that are looked at as a C string before each part of a calculation.
  const flag = Buffer.alloc(8);
  functions.setAbortCallback(context, firstByteSet, koffi.address(flag));
  let most = 1;
  let choice = createThreadChoice(most, () => performance.now());
  let applied: number | undefined;

  const applyThreads = (threads: number): void => {
    if (threads === applied) return;
    applied = threads;
    const pool = pools.of(threads);
    if (pool !== null) functions.attachThreadPool(context, pool, pool);
    functions.setThreads(context, threads, threads);
  };

  const decode = (batch: Batch, expectedMs: number): number | Promise<number> => {
    if (expectedMs < quickMs || threadIsTaken()) return functions.decode(context, batch);
    return offload(functions.decode, context, batch);
  };

  return {
    context,
    async run({ batch }, expectedMs) {
      flag[0] = 0;
      const used = choice;
      const threads = used.next();
      applyThreads(threads);
      const before = interruptions();
      const beganMs = performance.now();
      const status = await decode(batch, expectedMs);
      const elapsedMs = performance.now() - beganMs;
      if (status === 0) {
        used.note({ threads, tokens: batch.n_tokens, elapsedMs, interruptions: interruptions() - before });
      }
      return status;
    },
    breakOff() {
      flag[0] = 1;
    },
    useThreads(threads) {
      if (threads === most) return;
      most = threads;
      choice = createThreadChoice(threads, () => performance.now());
    },
    [Symbol.dispose]() {
      functions.freeContext(context);
    },
  };
}

/** How often a thread of this process was pushed off its core so far. */
function interruptions(): number {
  return process.resourceUsage().involuntaryContextSwitches;
}
