import type { EngineTuning } from '../../../../shared/model/engine-protocol.ts';
import type { KvType } from '../../../../shared/model/model-options.ts';
import type { ContextParams, ModelParams } from './llama-structs.ts';

/** `enum ggml_type` */
const kvTypeNumbers: Readonly<Record<KvType, number>> = { f16: 1, q8_0: 8, q4_0: 2 };
/** `enum llama_flash_attn_type` */
const flashAttentionNumbers = { auto: -1, off: 0, on: 1 } as const;
/** `enum llama_load_mode`, the second where memory is locked as well. */
const loadModes = { auto: [-1, 3], on: [1, 3], off: [0, 2] } as const;

/** How the weights are read. Without a GPU all layers stay with the processor, whatever was wished. */
export function weightParams(tuning: EngineTuning, hasGpu: boolean): Partial<ModelParams> {
  const wished = tuning.gpuLayers === 'auto' ? -1 : tuning.gpuLayers;
  return {
    n_gpu_layers: hasGpu ? wished : 0,
    load_mode: loadModes[tuning.mapping][tuning.locked ? 1 : 0],
  };
}

/** How the context is kept. Quantised values can be read by flash attention only. */
export function contextParams(tuning: EngineTuning): Partial<ContextParams> {
  const { kvType, flashAttention } = tuning;
  return {
    type_k: kvTypeNumbers[kvType],
    type_v: kvTypeNumbers[kvType],
    flash_attn_type: flashAttentionNumbers[kvType !== 'f16' && flashAttention === 'auto' ? 'on' : flashAttention],
  };
}
