import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** What llama.cpp has calculated for a sequence, taken out as bytes and put back. Never during a calculation. */
export interface KvStates {
  /** Undefined when there is nothing to take, or llama.cpp cannot. */
  save(sequence: number): Promise<Uint8Array | undefined>;
  /** Into an empty sequence. False when it did not fit; the sequence is empty then. */
  restore(sequence: number, state: Uint8Array): Promise<boolean>;
}

/** Copying more than this would hold up the event loop for too long. */
const quickBytes = 64 * 1024 * 1024;

export function createKvStates(functions: LlamaFunctions, context: Pointer): KvStates {
  return {
    async save(sequence) {
      const sizeBytes = functions.stateBytes(context, sequence);
      if (sizeBytes === 0) return undefined;
      const state = new Uint8Array(sizeBytes);
      const written =
        sizeBytes <= quickBytes
          ? functions.readState(context, state, sizeBytes, sequence)
          : await new Promise<number>((resolve, reject) => {
              functions.readState.async(context, state, sizeBytes, sequence, (error, count) =>
                error ? reject(error) : resolve(count),
              );
            });
      return written === sizeBytes ? state : undefined;
    },
    async restore(sequence, state) {
      const read =
        state.length <= quickBytes
          ? functions.writeState(context, state, state.length, sequence)
          : await new Promise<number>((resolve, reject) => {
              functions.writeState.async(context, state, state.length, sequence, (error, count) =>
                error ? reject(error) : resolve(count),
              );
            });
      return read > 0;
    },
  };
}
