import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** An entry of a model's description, numbers too; undefined when it has none of that name. */
export function metaText(functions: LlamaFunctions, model: Pointer, key: string): string | undefined {
  const length = functions.metaValue(model, key, null, 0);
  if (length < 0) return undefined;
  // One more for the zero at the end.
  const buffer = Buffer.alloc(length + 1);
  functions.metaValue(model, key, buffer, buffer.length);
  return buffer.toString('utf8', 0, length);
}
