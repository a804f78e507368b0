import { f32, text, u32, type GgufMetadata } from './gguf-values.ts';
import type { GgufFile, TensorSpec } from './gguf-writer.ts';
import { ones } from './llama-shape.ts';
import { randomWeights } from './random-weights.ts';
import { tinyModel } from './tiny-model.ts';

/** Entries to add or replace; undefined takes one out. */
export type Change = Readonly<Record<string, GgufMetadata[string] | undefined>>;

export function withMetadata(file: GgufFile, change: Change): GgufFile {
  const entries = Object.entries({ ...file.metadata, ...change });
  const kept = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { ...file, metadata: Object.fromEntries(kept) };
}

/** The tiny model with the keys of another family; `change` gives that family's own, without its prefix. */
export function tinyAs(architecture: string, change: Change = {}): GgufFile {
  const { metadata, tensors } = tinyModel();
  const renamed = Object.entries(metadata).map(
    ([key, value]) => [key.replace(/^llama\./, `${architecture}.`), value] as const,
  );
  const own = Object.entries(change).map(([key, value]) => [`${architecture}.${key}`, value] as const);
  return withMetadata(
    { metadata: { ...Object.fromEntries(renamed), 'general.architecture': text(architecture) }, tensors },
    Object.fromEntries(own),
  );
}

const layerNorm = (name: string, length = 32): TensorSpec => ones(`blk.0.${name}.weight`, length);
const zeros = (name: string, type: string, ...shape: number[]): TensorSpec => ({ name: `blk.0.${name}`, shape, type });
const noise = (name: string, ...shape: number[]): TensorSpec => ({
  ...zeros(name, 'F16', ...shape),
  fill: randomWeights('F16', shape.length + name.length),
});
const headNorms = [layerNorm('attn_q_norm', 16), layerNorm('attn_k_norm', 16)];

function reshaped(file: GgufFile, drop: RegExp, add: readonly TensorSpec[]): GgufFile {
  return { ...file, tensors: [...file.tensors.filter((tensor) => !drop.test(tensor.name)), ...add] };
}

const none = /^$/;

/** One of each kind of model that is in use, as small as llama.cpp loads it. */
export const tinyFamilies: Readonly<Record<string, GgufFile>> = {
  llama: tinyModel(),
  qwen2: reshaped(tinyAs('qwen2'), /^output\.weight$/, [
    zeros('attn_q.bias', 'F32', 32),
    zeros('attn_k.bias', 'F32', 16),
    zeros('attn_v.bias', 'F32', 16),
  ]),
  qwen3: reshaped(
    tinyAs('qwen3', { 'attention.key_length': u32(16), 'attention.value_length': u32(16) }),
    none,
    headNorms,
  ),
  gemma3: reshaped(tinyAs('gemma3', { 'attention.sliding_window': u32(64) }), /^output\.weight$/, [
    ...headNorms,
    layerNorm('post_attention_norm'),
    layerNorm('post_ffw_norm'),
  ]),
  phi3: reshaped(tinyAs('phi3', { 'rope.dimension_count': u32(8) }), /attn_[qkv]|ffn_gate|ffn_up/, [
    noise('attn_qkv.weight', 32, 64),
    noise('ffn_up.weight', 32, 64),
  ]),
  /** Experts alone: the dense length is left out. */
  qwen3moe: reshaped(
    tinyAs('qwen3moe', {
      feed_forward_length: undefined,
      expert_feed_forward_length: u32(32),
      expert_count: u32(4),
      expert_used_count: u32(2),
    }),
    /ffn_(?:gate|up|down)/,
    [
      ...headNorms,
      noise('ffn_gate_inp.weight', 32, 4),
      noise('ffn_gate_exps.weight', 32, 32, 4),
      noise('ffn_up_exps.weight', 32, 32, 4),
      noise('ffn_down_exps.weight', 32, 32, 4),
    ],
  ),
  /** A state instead of attention. */
  mamba: reshaped(
    tinyAs('mamba', {
      feed_forward_length: u32(0),
      'attention.head_count': u32(0),
      'attention.head_count_kv': undefined,
      'ssm.conv_kernel': u32(4),
      'ssm.inner_size': u32(64),
      'ssm.state_size': u32(16),
      'ssm.time_step_rank': u32(2),
    }),
    /attn_[qkvo]|ffn_/,
    [
      noise('ssm_in.weight', 32, 128),
      zeros('ssm_conv1d.weight', 'F32', 4, 64),
      zeros('ssm_conv1d.bias', 'F32', 64),
      noise('ssm_x.weight', 64, 34),
      noise('ssm_dt.weight', 2, 64),
      zeros('ssm_dt.bias', 'F32', 64),
      zeros('ssm_a', 'F32', 16, 64),
      zeros('ssm_d', 'F32', 64),
      noise('ssm_out.weight', 64, 32),
    ],
  ),
  /** The older way to normalise. */
  stablelm: reshaped(
    tinyAs('stablelm', {
      'attention.layer_norm_rms_epsilon': undefined,
      'attention.layer_norm_epsilon': f32(1e-5),
      use_parallel_residual: { type: 'bool', value: false },
    }),
    none,
    [
      { name: 'output_norm.bias', shape: [32], type: 'F32' },
      zeros('attn_norm.bias', 'F32', 32),
      zeros('ffn_norm.bias', 'F32', 32),
    ],
  ),
};
