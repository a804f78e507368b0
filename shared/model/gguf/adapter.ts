import type { ByteSource } from './byte-source.ts';
import { GgufError } from './gguf-error.ts';
import { readGgufHeader } from './header.ts';
import { MetadataLookup } from './metadata-lookup.ts';
import type { TensorInfo } from './tensor-reader.ts';

/** A LoRA adapter: for some tensors of a model, two narrow ones whose product is added. */
export interface AdapterSummary {
  /** Of the models that it was made for. */
  readonly architecture: string;
  readonly weightsBytes: number;
  readonly pairs: readonly AdapterPair[];
}

export interface AdapterPair {
  /** The tensor of the model that it changes. */
  readonly name: string;
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

/** The formats that adapters are converted to. */
const formats = new Set(['F32', 'F16', 'BF16', 'Q8_0']);
const suffix = /\.lora_(?<part>[ab])$/;

/**
 * Reads a file of a LoRA adapter and refuses what llama.cpp would abort on, which checks neither the type of a number in
 * its description nor most of the sizes.
 * @throws GgufError
 */
export async function inspectAdapter(source: ByteSource): Promise<AdapterSummary> {
  const header = await readGgufHeader(source);
  const metadata = new MetadataLookup(header.metadata);
  if (metadata.tryText('general.type') !== 'adapter' || metadata.tryText('adapter.type') !== 'lora') {
    throw new GgufError('It is no LoRA adapter.');
  }
  const architecture = metadata.text('general.architecture');
  if (!Number.isFinite(metadata.tryFloat('adapter.lora.alpha') ?? 0)) {
    throw new GgufError('Its "adapter.lora.alpha" is no number. The file is damaged.');
  }
  if (metadata.has('adapter.alora.invocation_tokens')) {
    throw new GgufError('It is an adapter that certain words switch on, which cannot be used yet.');
  }
  return {
    architecture,
    weightsBytes: header.tensors.reduce((sum, tensor) => sum + tensor.sizeBytes, 0),
    pairs: readPairs(header.tensors),
  };
}

function readPairs(tensors: readonly TensorInfo[]): AdapterPair[] {
  const byName = new Map<string, { a?: TensorInfo; b?: TensorInfo }>();
  for (const tensor of tensors) {
    const part = suffix.exec(tensor.name)?.groups?.['part'];
    if (part === undefined) {
      // llama.cpp passes over these.
      if (tensor.name.endsWith('_norm.weight')) continue;
      throw new GgufError(`Its tensor "${tensor.name}" belongs to no LoRA adapter.`);
    }
    if (!formats.has(tensor.type.name)) {
      throw new GgufError(`Its tensor "${tensor.name}" is stored as ${tensor.type.name}, which no adapter is.`);
    }
    const name = tensor.name.replace(suffix, '');
    byName.set(name, { ...byName.get(name), [part]: tensor });
  }
  const pairs = [...byName].map(([name, { a, b }]): AdapterPair => {
    if (!a || !b) throw new GgufError(`It holds only half of what changes "${name}". The file is damaged.`);
    return { name, a, b };
  });
  if (pairs.length === 0) throw new GgufError('It changes nothing: it holds no weights.');
  return pairs;
}

/**
 * Makes sure that an adapter can be laid over a model. llama.cpp asserts the sizes in the middle of the first
 * calculation.
 * @throws GgufError
 */
export function requireAdapterFits(
  adapter: AdapterSummary,
  model: { readonly architecture: string; readonly tensors: readonly TensorInfo[] },
): void {
  if (adapter.architecture !== model.architecture) {
    throw new GgufError(`It was made for models of the kind ${adapter.architecture}, not ${model.architecture}.`);
  }
  const byName = new Map(model.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, a, b } of adapter.pairs) {
    const base = byName.get(name);
    if (!base) throw new GgufError(`It changes the tensor "${name}", which the model does not have.`);
    // Where the embedding serves as the output too, llama.cpp would multiply by it the other way round.
    if (name === 'token_embd.weight') throw new GgufError('It changes the embedding, which is not possible here.');
    const fits =
      a.shape[0] === base.shape[0] &&
      b.shape[1] === base.shape[1] &&
      a.shape[1] === b.shape[0] &&
      [2, 3].every((axis) => a.shape[axis] === base.shape[axis] && b.shape[axis] === base.shape[axis]);
    if (!fits) throw new GgufError(`What it adds to "${name}" has another size: it was made for another model.`);
  }
}
