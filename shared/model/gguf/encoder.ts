import { GgufError } from './gguf-error.ts';
import type { MetadataLookup } from './metadata-lookup.ts';

/**
 * What llama.cpp asserts of models that look at all of a text at once, beside what it asserts of all.
 * @throws GgufError
 */
export function requireEncoder(
  architecture: string,
  metadata: MetadataLookup,
  embeddingLength: number,
  headCount: number,
): void {
  const read = (name: string): number | undefined => metadata.tryCount(`${architecture}.${name}`);
  if (architecture === 'gemma-embedding') {
    const [inner, outer] = [read('dense_2_feat_out') ?? 0, read('dense_3_feat_in') ?? 0];
    const fits = [read('dense_2_feat_in') ?? 0, read('dense_3_feat_out') ?? 0].every(
      (length) => length === 0 || length === embeddingLength,
    );
    if (fits && inner === outer) return;
    throw new GgufError('The sizes of its last layers do not fit each other. The file is damaged.');
  }
  for (const name of ['key_length', 'value_length']) {
    const length = read(`attention.${name}`);
    if (length === undefined || length * headCount === embeddingLength) continue;
    throw new GgufError(
      `Its "${architecture}.attention.${name}" (${length}) does not fit its embedding (${embeddingLength}). The file is damaged.`,
    );
  }
}
