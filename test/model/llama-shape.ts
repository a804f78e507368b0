import { f32, text, u32, type GgufMetadata } from './gguf-values.ts';
import type { TensorFill, TensorSpec } from './gguf-writer.ts';

/** The sizes of a model of the `llama` or `qwen2` family. */
export interface Shape {
  readonly architecture: 'llama' | 'qwen2';
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly headsKv: number;
  readonly feedForward: number;
  readonly contextTokens: number;
}

export function shapeMetadata(shape: Shape, fileType: number): GgufMetadata {
  const key = (name: string): string => `${shape.architecture}.${name}`;
  return {
    'general.architecture': text(shape.architecture),
    'general.name': text(shape.name),
    'general.file_type': u32(fileType),
    [key('context_length')]: u32(shape.contextTokens),
    [key('embedding_length')]: u32(shape.width),
    [key('block_count')]: u32(shape.layers),
    [key('feed_forward_length')]: u32(shape.feedForward),
    [key('attention.head_count')]: u32(shape.heads),
    [key('attention.head_count_kv')]: u32(shape.headsKv),
    [key('attention.layer_norm_rms_epsilon')]: f32(1e-6),
    [key('rope.freq_base')]: f32(1_000_000),
  };
}

/** The tensors of every layer; `weights` fills the large ones, norms are ones, biases zero. */
export function layerTensors(shape: Shape, type: string, weights?: TensorFill): TensorSpec[] {
  const headWidth = shape.width / shape.heads;
  const widthKv = headWidth * shape.headsKv;
  return Array.from({ length: shape.layers }, (_, layer) => {
    const large = (name: string, ...size: number[]): TensorSpec => ({
      name: `blk.${layer}.${name}.weight`,
      shape: size,
      type,
      ...(weights === undefined ? {} : { fill: weights }),
    });
    const bias = (name: string, length: number): TensorSpec => ({
      name: `blk.${layer}.${name}.bias`,
      shape: [length],
      type: 'F32',
    });
    return [
      ones(`blk.${layer}.attn_norm.weight`, shape.width),
      large('attn_q', shape.width, shape.width),
      large('attn_k', shape.width, widthKv),
      large('attn_v', shape.width, widthKv),
      ...(shape.architecture === 'qwen2'
        ? [bias('attn_q', shape.width), bias('attn_k', widthKv), bias('attn_v', widthKv)]
        : []),
      large('attn_output', shape.width, shape.width),
      ones(`blk.${layer}.ffn_norm.weight`, shape.width),
      large('ffn_gate', shape.width, shape.feedForward),
      large('ffn_up', shape.width, shape.feedForward),
      large('ffn_down', shape.feedForward, shape.width),
    ];
  }).flat();
}

export function ones(name: string, length: number, value = 1): TensorSpec {
  return { name, shape: [length], type: 'F32', fill: fillF32(value) };
}

function fillF32(value: number): TensorFill {
  return (piece) => {
    new Float32Array(piece.buffer, piece.byteOffset, piece.length / 4).fill(value);
  };
}
