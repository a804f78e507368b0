import koffi from 'koffi';

/** An address in llama.cpp's memory; null where C has NULL. */
export type Pointer = bigint | null;

/** The fields of `llama_model_params` that are set or checked here; the others keep what llama.cpp puts there. */
export interface ModelParams {
  n_gpu_layers: number;
  load_mode: number;
  progress_callback: Pointer;
  vocab_only: boolean;
  check_tensors: boolean;
  use_extra_bufts: boolean;
  load_mtp: boolean;
}

/** The same of `llama_context_params`. */
export interface ContextParams {
  n_ctx: number;
  n_batch: number;
  n_ubatch: number;
  n_seq_max: number;
  n_outputs_max: number;
  n_outputs_max_per_seq: number;
  n_threads: number;
  n_threads_batch: number;
  pooling_type: number;
  flash_attn_type: number;
  yarn_orig_ctx: number;
  defrag_thold: number;
  type_k: number;
  type_v: number;
  embeddings: boolean;
  offload_kqv: boolean;
  no_perf: boolean;
  op_offload: boolean;
  swa_full: boolean;
  kv_unified: boolean;
  n_samplers: number;
  ctx_other: Pointer;
}

export interface Batch {
  n_tokens: number;
  readonly token: Pointer;
  readonly pos: Pointer;
  readonly n_seq_id: Pointer;
  readonly seq_id: Pointer;
  readonly logits: Pointer;
}

// Field by field as in llama.h of the release that `open-native.ts` insists on.
koffi.struct('llama_model_params', {
  devices: 'void *',
  tensor_buft_overrides: 'void *',
  n_gpu_layers: 'int32',
  split_mode: 'int',
  load_mode: 'int',
  lazy_mode: 'int',
  main_gpu: 'int32',
  tensor_split: 'void *',
  progress_callback: 'void *',
  progress_callback_user_data: 'void *',
  kv_overrides: 'void *',
  vocab_only: 'bool',
  check_tensors: 'bool',
  use_extra_bufts: 'bool',
  no_host: 'bool',
  no_alloc: 'bool',
  load_mtp: 'bool',
});

koffi.struct('llama_context_params', {
  n_ctx: 'uint32',
  n_batch: 'uint32',
  n_ubatch: 'uint32',
  n_seq_max: 'uint32',
  n_rs_seq: 'uint32',
  n_outputs_max: 'uint32',
  n_outputs_max_per_seq: 'uint32',
  n_threads: 'int32',
  n_threads_batch: 'int32',
  ctx_type: 'int',
  rope_scaling_type: 'int',
  pooling_type: 'int',
  attention_type: 'int',
  flash_attn_type: 'int',
  rope_freq_base: 'float',
  rope_freq_scale: 'float',
  yarn_ext_factor: 'float',
  yarn_attn_factor: 'float',
  yarn_beta_fast: 'float',
  yarn_beta_slow: 'float',
  yarn_orig_ctx: 'uint32',
  defrag_thold: 'float',
  cb_eval: 'void *',
  cb_eval_user_data: 'void *',
  type_k: 'int',
  type_v: 'int',
  abort_callback: 'void *',
  abort_callback_data: 'void *',
  embeddings: 'bool',
  offload_kqv: 'bool',
  no_perf: 'bool',
  op_offload: 'bool',
  swa_full: 'bool',
  kv_unified: 'bool',
  samplers: 'void *',
  n_samplers: 'size_t',
  ctx_other: 'void *',
});

koffi.struct('llama_batch', {
  n_tokens: 'int32',
  token: 'void *',
  embd: 'void *',
  pos: 'void *',
  n_seq_id: 'void *',
  seq_id: 'void *',
  logits: 'void *',
});

koffi.struct('llama_sampler_chain_params', { no_perf: 'bool' });

/** `bool (*)(float progress, void * user_data)` */
export const progressCallback = koffi.pointer(koffi.proto('bool llama_progress_callback(float, void *)'));

/** What the release puts into fresh parameters: if the layout were another, these would not be found where they are. */
const modelDefaults: Partial<ModelParams> = {
  n_gpu_layers: -1,
  load_mode: -1,
  progress_callback: null,
  vocab_only: false,
  check_tensors: false,
  use_extra_bufts: true,
  load_mtp: false,
};

const contextDefaults: Partial<ContextParams> = {
  n_ctx: 512,
  n_batch: 2048,
  n_ubatch: 512,
  n_seq_max: 1,
  n_outputs_max: 0,
  n_outputs_max_per_seq: 1,
  pooling_type: -1,
  flash_attn_type: -1,
  yarn_orig_ctx: 0,
  defrag_thold: -1,
  type_k: 1,
  type_v: 1,
  embeddings: false,
  offload_kqv: true,
  no_perf: true,
  op_offload: true,
  swa_full: true,
  kv_unified: false,
  n_samplers: 0,
  ctx_other: null,
};

/** The names of fields whose fresh value is not the one of the release. */
export function unexpectedDefaults(model: ModelParams, context: ContextParams): string[] {
  return [...differing(model, modelDefaults), ...differing(context, contextDefaults)];
}

function differing<T extends object>(found: T, wanted: Partial<T>): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const actual: unknown = Reflect.get(found, name);
    return actual === value || (typeof value === 'number' && Number(actual) === value) ? [] : [name];
  });
}
