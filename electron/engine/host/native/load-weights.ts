import koffi from 'koffi';
import type { LlamaFunctions } from './llama-functions.ts';
import { progressCallback, type ContextParams, type ModelParams, type Pointer } from './llama-structs.ts';
import { offload } from './offload.ts';

/** Null when llama.cpp refuses the file or the signal aborts. */
export async function loadWeights(
  functions: LlamaFunctions,
  path: string,
  wanted: Partial<ModelParams>,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Pointer> {
  // Called from llama.cpp's thread after each tensor, which waits for the answer.
  const callback = koffi.register((fraction: number): boolean => {
    onProgress(fraction);
    return !signal.aborted;
  }, progressCallback);
  try {
    const params = { ...functions.modelDefaults(), ...wanted, progress_callback: callback };
    return await offload(functions.loadModel, path, params);
  } finally {
    koffi.unregister(callback);
  }
}

/** Null when there is not enough memory. */
export function makeContext(
  functions: LlamaFunctions,
  model: Pointer,
  params: Partial<ContextParams>,
): Promise<Pointer> {
  return offload(functions.newContext, model, { ...functions.contextDefaults(), ...params });
}
