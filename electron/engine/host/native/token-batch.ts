import koffi from 'koffi';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Batch } from './llama-structs.ts';

/** The tokens of one calculation, written right into llama.cpp's memory. */
export interface TokenBatch extends Disposable {
  readonly batch: Batch;
  clear(): void;
  /** Adds a token and gives its index; `output` when the token after it is wanted. */
  add(token: number, position: number, sequence: number, output: boolean): number;
}

export function createTokenBatch(functions: LlamaFunctions, mostTokens: number): TokenBatch {
  const batch = functions.newBatch(mostTokens, 0, 1);
  const ints = (pointer: unknown): Int32Array => new Int32Array(koffi.view(pointer, mostTokens * 4));
  const [tokens, positions, sequenceCounts] = [ints(batch.token), ints(batch.pos), ints(batch.n_seq_id)];
  const outputs = new Int8Array(koffi.view(batch.logits, mostTokens));
  sequenceCounts.fill(1);
  const sequences = Array.from(
    new BigUint64Array(koffi.view(batch.seq_id, mostTokens * 8)),
    (pointer) => new Int32Array(koffi.view(pointer, 4)),
  );

  return {
    batch,
    clear() {
      batch.n_tokens = 0;
    },
    add(token, position, sequence, output) {
      const index = batch.n_tokens;
      const cell = sequences[index];
      if (!cell) throw new Error('More tokens than fit into one calculation.');
      tokens[index] = token;
      positions[index] = position;
      cell[0] = sequence;
      outputs[index] = output ? 1 : 0;
      batch.n_tokens = index + 1;
      return index;
    },
    [Symbol.dispose]: () => functions.freeBatch(batch),
  };
}
