/** A value to write, with the type it gets in the file. */
export type GgufValue =
  | { readonly type: 'uint32' | 'int32' | 'float32' | 'uint16' | 'uint8'; readonly value: number }
  | { readonly type: 'uint64'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly (string | Uint8Array)[] }
  | { readonly type: 'int32s' | 'uint32s' | 'float32s'; readonly value: readonly number[] };

export type GgufMetadata = Readonly<Record<string, GgufValue>>;

export const u32 = (value: number): GgufValue => ({ type: 'uint32', value });
export const f32 = (value: number): GgufValue => ({ type: 'float32', value });
export const bool = (value: boolean): GgufValue => ({ type: 'bool', value });
export const text = (value: string): GgufValue => ({ type: 'string', value });
export const texts = (value: readonly (string | Uint8Array)[]): GgufValue => ({ type: 'strings', value });
export const i32s = (value: readonly number[]): GgufValue => ({ type: 'int32s', value });
export const f32s = (value: readonly number[]): GgufValue => ({ type: 'float32s', value });
