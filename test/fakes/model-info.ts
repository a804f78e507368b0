import type { ModelInfo } from '../../shared/contract/index.ts';

/** A model of the library on the disk, of which nothing is known but its name. */
export function createModelInfo(fields: Partial<ModelInfo> & { readonly id: string }): ModelInfo {
  return {
    name: `Model ${fields.id}`,
    path: `/models/${fields.id}.gguf`,
    sizeBytes: 1,
    architecture: null,
    parameters: null,
    quantisation: null,
    trainedContextTokens: null,
    placeholder: false,
    source: 'library',
    state: { kind: 'onDisk' },
    expectedFirstWordMs: null,
    ...fields,
  };
}
