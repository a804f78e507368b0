/** No real model comes near these; a file beyond them is damaged or made to do harm. */
export const limits = {
  /** Bytes before the weights begin. The largest known vocabularies need about 20 MB. */
  headerBytes: 256 * 1024 * 1024,
  metadataKeys: 8192,
  /** llama.cpp compares every tensor's name with every other's. */
  tensors: 32_768,
  keyBytes: 1024,
  /** llama.cpp's GGML_MAX_NAME, with its closing zero. */
  tensorNameBytes: 63,
  stringBytes: 16 * 1024 * 1024,
  vocabularyTokens: 2_000_000,
  stringArrayLength: 8_000_000,
  /** Longest array of numbers whose values are kept; llama.cpp knows at most 512 layers. */
  keptArrayLength: 1024,
  layers: 512,
  experts: 4096,
  contextTokens: 1 << 28,
  embeddingLength: 1 << 20,
  feedForwardLength: 1 << 24,
  heads: 1 << 16,
  headLength: 1 << 16,
} as const;
