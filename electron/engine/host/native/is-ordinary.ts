import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** Whether what the model has read lies in a memory of which a part can be forgotten. */
export function isOrdinary(functions: LlamaFunctions, model: Pointer): boolean {
  return ![functions.isRecurrent, functions.isHybrid, functions.isDiffusion, functions.hasEncoder].some((is) =>
    is(model),
  );
}
