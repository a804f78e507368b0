/** How ggml stores one kind of number: `blockBytes` bytes hold `blockLength` of them. */
export interface TensorType {
  readonly name: string;
  readonly blockLength: number;
  readonly blockBytes: number;
}

/**
 * By the number that stands in the file (`enum ggml_type` of llama.cpp's ggml.h); the sizes were read from the engine
 * itself. Numbers that are absent were withdrawn and can no longer be loaded.
 */
export const tensorTypes: ReadonlyMap<number, TensorType> = new Map([
  [0, { name: 'F32', blockLength: 1, blockBytes: 4 }],
  [1, { name: 'F16', blockLength: 1, blockBytes: 2 }],
  [2, { name: 'Q4_0', blockLength: 32, blockBytes: 18 }],
  [3, { name: 'Q4_1', blockLength: 32, blockBytes: 20 }],
  [6, { name: 'Q5_0', blockLength: 32, blockBytes: 22 }],
  [7, { name: 'Q5_1', blockLength: 32, blockBytes: 24 }],
  [8, { name: 'Q8_0', blockLength: 32, blockBytes: 34 }],
  [9, { name: 'Q8_1', blockLength: 32, blockBytes: 36 }],
  [10, { name: 'Q2_K', blockLength: 256, blockBytes: 84 }],
  [11, { name: 'Q3_K', blockLength: 256, blockBytes: 110 }],
  [12, { name: 'Q4_K', blockLength: 256, blockBytes: 144 }],
  [13, { name: 'Q5_K', blockLength: 256, blockBytes: 176 }],
  [14, { name: 'Q6_K', blockLength: 256, blockBytes: 210 }],
  [15, { name: 'Q8_K', blockLength: 256, blockBytes: 292 }],
  [16, { name: 'IQ2_XXS', blockLength: 256, blockBytes: 66 }],
  [17, { name: 'IQ2_XS', blockLength: 256, blockBytes: 74 }],
  [18, { name: 'IQ3_XXS', blockLength: 256, blockBytes: 98 }],
  [19, { name: 'IQ1_S', blockLength: 256, blockBytes: 50 }],
  [20, { name: 'IQ4_NL', blockLength: 32, blockBytes: 18 }],
  [21, { name: 'IQ3_S', blockLength: 256, blockBytes: 110 }],
  [22, { name: 'IQ2_S', blockLength: 256, blockBytes: 82 }],
  [23, { name: 'IQ4_XS', blockLength: 256, blockBytes: 136 }],
  [24, { name: 'I8', blockLength: 1, blockBytes: 1 }],
  [25, { name: 'I16', blockLength: 1, blockBytes: 2 }],
  [26, { name: 'I32', blockLength: 1, blockBytes: 4 }],
  [27, { name: 'I64', blockLength: 1, blockBytes: 8 }],
  [28, { name: 'F64', blockLength: 1, blockBytes: 8 }],
  [29, { name: 'IQ1_M', blockLength: 256, blockBytes: 56 }],
  [30, { name: 'BF16', blockLength: 1, blockBytes: 2 }],
  [34, { name: 'TQ1_0', blockLength: 256, blockBytes: 54 }],
  [35, { name: 'TQ2_0', blockLength: 256, blockBytes: 66 }],
  [39, { name: 'MXFP4', blockLength: 32, blockBytes: 17 }],
  [40, { name: 'NVFP4', blockLength: 64, blockBytes: 36 }],
  [41, { name: 'Q1_0', blockLength: 128, blockBytes: 18 }],
  [42, { name: 'Q2_0', blockLength: 64, blockBytes: 18 }],
]);

/** Formats that exist for results and indices; llama.cpp crashes when it is given weights in them. */
export const formatsWithoutWeights: ReadonlySet<string> = new Set(['Q8_1', 'Q8_K', 'I8', 'I16', 'I32', 'I64', 'F64']);

/** Names of `general.file_type` (`enum llama_ftype` of llama.cpp's llama.h), as people know them. */
export const fileTypeNames: ReadonlyMap<number, string> = new Map([
  [0, 'F32'],
  [1, 'F16'],
  [2, 'Q4_0'],
  [3, 'Q4_1'],
  [7, 'Q8_0'],
  [8, 'Q5_0'],
  [9, 'Q5_1'],
  [10, 'Q2_K'],
  [11, 'Q3_K_S'],
  [12, 'Q3_K_M'],
  [13, 'Q3_K_L'],
  [14, 'Q4_K_S'],
  [15, 'Q4_K_M'],
  [16, 'Q5_K_S'],
  [17, 'Q5_K_M'],
  [18, 'Q6_K'],
  [19, 'IQ2_XXS'],
  [20, 'IQ2_XS'],
  [21, 'Q2_K_S'],
  [22, 'IQ3_XS'],
  [23, 'IQ3_XXS'],
  [24, 'IQ1_S'],
  [25, 'IQ4_NL'],
  [26, 'IQ3_S'],
  [27, 'IQ3_M'],
  [28, 'IQ2_S'],
  [29, 'IQ2_M'],
  [30, 'IQ4_XS'],
  [31, 'IQ1_M'],
  [32, 'BF16'],
  [36, 'TQ1_0'],
  [37, 'TQ2_0'],
  [38, 'MXFP4'],
  [39, 'NVFP4'],
  [40, 'Q1_0'],
  [41, 'Q2_0'],
]);
