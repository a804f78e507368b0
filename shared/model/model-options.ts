/** How the entries of the KV cache are stored; llama.cpp reads the quantised ones with flash attention only. */
export type KvType = 'f16' | 'q8_0' | 'q4_0';

export type FlashAttention = 'auto' | 'on' | 'off';

/** Whether the weights are read through a mapping of the file. */
export type Mapping = 'auto' | 'on' | 'off';

/** Bytes that 32 entries of the KV cache take (`block_q8_0` and `block_q4_0` of ggml). */
const bytesOf32: Readonly<Record<KvType, number>> = { f16: 64, q8_0: 34, q4_0: 18 };

/** What is left of the bytes of 16-bit entries. */
export function kvShare(kvType: KvType): number {
  return bytesOf32[kvType] / bytesOf32.f16;
}
