import { bool, f32, text, u32 } from '../../../test/model/gguf-values.ts';
import type { GgufFile, TensorSpec } from '../../../test/model/gguf-writer.ts';
import type { Vocabulary } from '../tokeniser/vocabulary.ts';
import type { TrainedWeights } from './read-weights.ts';
import { toF16, toF32, toQ8 } from './quantise.ts';

export type WeightType = 'F16' | 'Q8_0';

/** `general.file_type` of llama.cpp. */
const fileTypes = { F16: 1, Q8_0: 7 } as const;

/** The trained weights with the vocabulary they were trained on. The embedding serves as the output too. */
export function starterGguf({ shape, tensors }: TrainedWeights, vocabulary: Vocabulary, type: WeightType): GgufFile {
  const embedded = tensors.get('token_embd.weight')?.shape[0];
  if (embedded !== vocabulary.size) {
    throw new RangeError(`The weights were trained on ${embedded} tokens, the vocabulary has ${vocabulary.size}.`);
  }
  return {
    metadata: {
      'general.architecture': text('llama'),
      'general.name': text('Clawdbot Starter'),
      'general.license': text('Apache-2.0'),
      'clawdbot.starter': bool(true),
      'general.file_type': u32(fileTypes[type]),
      'llama.context_length': u32(shape.context),
      'llama.embedding_length': u32(shape.width),
      'llama.block_count': u32(shape.layers),
      'llama.feed_forward_length': u32(shape.feedForward),
      'llama.attention.head_count': u32(shape.heads),
      'llama.attention.head_count_kv': u32(shape.headsKv),
      'llama.attention.layer_norm_rms_epsilon': f32(1e-6),
      'llama.rope.freq_base': f32(10_000),
      'llama.rope.dimension_count': u32(shape.width / shape.heads),
      'llama.vocab_size': u32(vocabulary.size),
      ...vocabulary.metadata,
    },
    tensors: [...tensors].map(([name, tensor]) => toTensor(name, tensor, type)),
  };
}

function toTensor(
  name: string,
  tensor: { shape: readonly number[]; halves: Uint16Array },
  type: WeightType,
): TensorSpec {
  // llama.cpp wants the norms exact, and there are few of them.
  const isNorm = tensor.shape.length === 1;
  const bytes = isNorm ? toF32(tensor.halves) : type === 'F16' ? toF16(tensor.halves) : toQ8(tensor.halves);
  return {
    name,
    // PyTorch names the rows first, GGUF the length of a row.
    shape: tensor.shape.toReversed(),
    type: isNorm ? 'F32' : type,
    fill: (piece, offset) => piece.set(bytes.subarray(offset, offset + piece.length)),
  };
}
