import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import { offload } from './offload.ts';

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
      const args = [context, state, sizeBytes, sequence] as const;
      const isQuick = sizeBytes <= quickBytes;
      const written = isQuick ? functions.readState(...args) : await offload(functions.readState, ...args);
      return written === sizeBytes ? state : undefined;
    },
    async restore(sequence, state) {
      const args = [context, state, state.length, sequence] as const;
      const isQuick = state.length <= quickBytes;
      const read = isQuick ? functions.writeState(...args) : await offload(functions.writeState, ...args);
      return read > 0;
    },
  };
}
