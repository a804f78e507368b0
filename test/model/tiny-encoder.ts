import { bool, f32, f32s, i32s, text, texts, u32 } from './gguf-values.ts';
import type { GgufFile, TensorFill, TensorSpec } from './gguf-writer.ts';
import { ones } from './llama-shape.ts';

export interface TinyEncoderOptions {
  /** Words it knows, in small letters; every other word is the same to it. */
  readonly words: readonly string[];
  readonly pooling: 'mean' | 'cls' | 'rank';
  readonly contextTokens?: number;
  /** Numbers of a state. Default: 64. */
  readonly width?: number;
  /** What a word means, in `width` numbers; all zeros for nothing. Default: any two words mean something else. */
  readonly meaningOf?: (word: string) => Float32Array;
}

const poolingTypes = { mean: 1, cls: 2, rank: 4 } as const;
const marks = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

export interface TinyEncoder {
  readonly file: GgufFile;
  /** What it makes of each token of a text before pooling, calculated from how it was made. */
  statesOf(tokens: readonly string[]): Float32Array[];
}

/**
 * About the smallest encoder of the `bert` family. Positions and feed-forward are zero and so is attention, so the state
 * of a token is its embedding, normalised three times. In a ranking one attention adds the mean of all tokens to each, and
 * the head multiplies the first token's state by 1, 2, 3 ...
 */
export function tinyEncoder(options: TinyEncoderOptions): TinyEncoder {
  const { words, pooling, contextTokens = 128, width = 64, meaningOf } = options;
  const tokens = [...marks, ...words.map((word) => `▁${word}`)];
  const row = (token: number): Float32Array => {
    const word = words[token - marks.length];
    if (meaningOf !== undefined) return word === undefined ? new Float32Array(width) : meaningOf(word);
    const numbers = new Float32Array(width);
    for (let at = 0; at < width; at += 1) numbers[at] = Math.sin((token + 1) * (at + 1) * 0.7);
    return numbers;
  };
  const embedding: TensorFill = (piece, offset) => {
    let current: Float32Array = new Float32Array(width);
    const numbers = new Float32Array(piece.buffer, piece.byteOffset, piece.length / 4);
    for (let at = 0; at < numbers.length; at += 1) {
      const place = offset / 4 + at;
      if (place % width === 0 || at === 0) current = row(Math.floor(place / width));
      numbers[at] = current[place % width] ?? 0;
    }
  };
  const identity: TensorFill = (piece, offset) => {
    const numbers = new Float32Array(piece.buffer, piece.byteOffset, piece.length / 4);
    for (let at = 0; at < numbers.length; at += 1) {
      const place = offset / 4 + at;
      numbers[at] = place % width === Math.floor(place / width) ? 1 : 0;
    }
  };
  const large = (name: string, columns: number, rows: number, fill?: TensorFill): TensorSpec => ({
    name,
    shape: [columns, rows],
    type: 'F32',
    ...(fill ? { fill } : {}),
  });
  const zeros = (name: string, length: number = width): TensorSpec => ({ name, shape: [length], type: 'F32' });
  const weights: TensorFill = (piece) => {
    const numbers = new Float32Array(piece.buffer, piece.byteOffset, piece.length / 4);
    for (let at = 0; at < numbers.length; at += 1) numbers[at] = at + 1;
  };
  const mixes = pooling === 'rank' ? identity : undefined;

  return {
    file: {
      metadata: {
        'general.architecture': text('bert'),
        'general.name': text(`Tiny encoder (${pooling})`),
        'general.file_type': u32(0),
        'bert.context_length': u32(contextTokens),
        'bert.embedding_length': u32(width),
        'bert.block_count': u32(1),
        'bert.feed_forward_length': u32(32),
        'bert.attention.head_count': u32(1),
        'bert.attention.layer_norm_epsilon': f32(1e-12),
        'bert.attention.causal': bool(false),
        'bert.pooling_type': u32(poolingTypes[pooling]),
        'tokenizer.ggml.model': text('bert'),
        'tokenizer.ggml.tokens': texts(tokens),
        'tokenizer.ggml.scores': f32s(tokens.map(() => 0)),
        'tokenizer.ggml.token_type': i32s(tokens.map((_, index) => (index < marks.length ? 3 : 1))),
        'tokenizer.ggml.token_type_count': u32(2),
        'tokenizer.ggml.padding_token_id': u32(0),
        'tokenizer.ggml.unknown_token_id': u32(1),
        'tokenizer.ggml.bos_token_id': u32(2),
        'tokenizer.ggml.cls_token_id': u32(2),
        'tokenizer.ggml.eos_token_id': u32(3),
        'tokenizer.ggml.seperator_token_id': u32(3),
      },
      tensors: [
        large('token_embd.weight', width, tokens.length, embedding),
        large('token_types.weight', width, 2),
        large('position_embd.weight', width, contextTokens),
        ones('token_embd_norm.weight', width),
        zeros('token_embd_norm.bias'),
        large('blk.0.attn_q.weight', width, width),
        zeros('blk.0.attn_q.bias'),
        large('blk.0.attn_k.weight', width, width),
        zeros('blk.0.attn_k.bias'),
        large('blk.0.attn_v.weight', width, width, mixes),
        zeros('blk.0.attn_v.bias'),
        large('blk.0.attn_output.weight', width, width, mixes),
        zeros('blk.0.attn_output.bias'),
        ones('blk.0.attn_output_norm.weight', width),
        zeros('blk.0.attn_output_norm.bias'),
        large('blk.0.ffn_up.weight', width, 32),
        zeros('blk.0.ffn_up.bias', 32),
        large('blk.0.ffn_down.weight', 32, width),
        zeros('blk.0.ffn_down.bias'),
        ones('blk.0.layer_output_norm.weight', width),
        zeros('blk.0.layer_output_norm.bias'),
        ...(pooling === 'rank'
          ? [large('cls.output.weight', width, 1, weights), { ...zeros('cls.output.bias', 1) }]
          : []),
      ],
    },
    statesOf(read) {
      const embedded = read.map((token) => {
        const index = marks.includes(token) ? marks.indexOf(token) : tokens.indexOf(`▁${token}`);
        return layerNorm(row(index < 0 ? marks.indexOf('[UNK]') : index));
      });
      const added = pooling === 'rank' ? meanOf(embedded) : new Float32Array(width);
      return embedded.map((vector) => layerNorm(layerNorm(vector.map((value, at) => value + (added[at] ?? 0)))));
    },
  };
}

export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (const [at, value] of vector.entries()) sum[at] = (sum[at] ?? 0) + value;
  return sum.map((value) => value / vectors.length);
}

/** Mean 0 and variance 1. */
function layerNorm(vector: Float32Array): Float32Array {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  const variance = vector.reduce((sum, value) => sum + (value - mean) ** 2, 0) / vector.length;
  return vector.map((value) => (value - mean) / Math.sqrt(variance + 1e-12));
}
