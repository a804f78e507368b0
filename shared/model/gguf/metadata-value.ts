export type NumberType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'uint64'
  | 'int64'
  | 'float64';
export type ScalarType = NumberType | 'bool' | 'string';

/** Types of a value in the metadata, by the number that stands in the file (`enum gguf_type`). */
export const scalarTypes: ReadonlyMap<number, ScalarType> = new Map([
  [0, 'uint8'],
  [1, 'int8'],
  [2, 'uint16'],
  [3, 'int16'],
  [4, 'uint32'],
  [5, 'int32'],
  [6, 'float32'],
  [7, 'bool'],
  [8, 'string'],
  [10, 'uint64'],
  [11, 'int64'],
  [12, 'float64'],
]);

export const arrayTypeNumber = 9;

export const scalarBytes: Readonly<Record<NumberType | 'bool', number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  bool: 1,
  uint64: 8,
  int64: 8,
  float64: 8,
};

export type MetadataValue =
  | { readonly kind: 'number'; readonly type: NumberType; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | {
      readonly kind: 'array';
      readonly elementType: ScalarType;
      readonly length: number;
      /** Values of a short array of numbers or booleans (as 0 and 1); null for every other. */
      readonly numbers: readonly number[] | null;
    };

/** How a value's type is called in a message to a person. */
export function describeValue(value: MetadataValue): string {
  switch (value.kind) {
    case 'number':
      return `a number of type ${value.type}`;
    case 'bool':
      return 'a yes or no';
    case 'string':
      return 'a text';
    case 'array':
      return `a list of ${value.length} ${value.elementType} values`;
  }
}
