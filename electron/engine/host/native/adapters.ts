import type { EngineAdapter } from '../../../../shared/model/engine-protocol.ts';
import { LoadError } from '../load-error.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import { offload } from './offload.ts';

/**
 * Reads adapters that were checked to fit. They live as long as the model.
 * @throws LoadError when llama.cpp refuses one
 */
export async function loadAdapters(
  functions: LlamaFunctions,
  model: Pointer,
  adapters: readonly EngineAdapter[],
): Promise<Pointer[]> {
  const loaded: Pointer[] = [];
  for (const { path } of adapters) {
    const adapter = await offload(functions.loadAdapter, model, path);
    if (adapter === null) throw new LoadError('MODEL_UNREADABLE', 'llama.cpp refused its adapter.', 0);
    loaded.push(adapter);
  }
  return loaded;
}

/** Lays the adapters over everything that the context calculates from now on. */
export function useAdapters(
  functions: LlamaFunctions,
  context: Pointer,
  loaded: readonly Pointer[],
  adapters: readonly EngineAdapter[],
): void {
  if (loaded.length === 0) return;
  const pointers = BigUint64Array.from(loaded, (pointer) => BigInt(pointer ?? 0));
  const scales = Float32Array.from(adapters, ({ scale }) => scale);
  functions.setAdapters(context, pointers, pointers.length, scales);
}
