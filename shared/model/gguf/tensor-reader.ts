import type { ByteCursor } from './byte-cursor.ts';
import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';
import { readString } from './metadata-reader.ts';
import { formatsWithoutWeights, tensorTypes, type TensorType } from './tensor-types.ts';

export interface TensorInfo {
  readonly name: string;
  /** Always four, the unused ones 1; the first is the length of a row. */
  readonly shape: readonly [number, number, number, number];
  readonly type: TensorType;
  readonly elements: number;
  readonly sizeBytes: number;
  /** From the start of the data section. */
  readonly offset: number;
}

/** Those that are added, multiplied or turned with, which llama.cpp does in this format only. */
const onlyF32 = /norm|rope_f|\.bias$|^token_types\.|\.ssm_(?:a|d|conv1d)(?:\.|$)/;

/** @throws GgufError */
export async function readTensorInfos(cursor: ByteCursor, count: number): Promise<TensorInfo[]> {
  const tensors: TensorInfo[] = [];
  const names = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    cursor.place = `the list of its ${count} tensors, after ${index}`;
    const name = await readString(cursor, limits.tensorNameBytes);
    if (names.has(name)) throw new GgufError(`It holds the tensor "${name}" twice. The file is damaged.`);
    names.add(name);
    tensors.push(await readTensorInfo(cursor, name));
  }
  return tensors;
}

async function readTensorInfo(cursor: ByteCursor, name: string): Promise<TensorInfo> {
  await cursor.need(4);
  const dimensions = cursor.u32();
  if (dimensions > 4) {
    throw new GgufError(`Its tensor "${name}" has ${dimensions} dimensions; at most 4 exist. The file is damaged.`);
  }
  await cursor.need(dimensions * 8 + 12);
  const dimension = (index: number): number => (index < dimensions ? cursor.u64() : 1);
  const shape = [dimension(0), dimension(1), dimension(2), dimension(3)] as const;
  if (shape.some((length) => length < 1)) throw new GgufError(`Its tensor "${name}" is empty. The file is damaged.`);
  const typeNumber = cursor.u32();
  const offset = cursor.u64();
  const type = tensorTypes.get(typeNumber);
  if (type === undefined) {
    throw new GgufError(`Its tensor "${name}" is stored in the format ${typeNumber}, which llama.cpp does not know.`);
  }
  if (shape[0] % type.blockLength !== 0) {
    throw new GgufError(
      `Its tensor "${name}" has rows of ${shape[0]} numbers, which ${type.name} cannot hold. The file is damaged.`,
    );
  }
  if ((dimensions === 1 || onlyF32.test(name)) && type.name !== 'F32') {
    throw new GgufError(`Its tensor "${name}" is stored as ${type.name} but must be F32. The file was made wrongly.`);
  }
  // The one table of indices that models carry: which experts a token goes to.
  if (formatsWithoutWeights.has(type.name) && !name.includes('tid2eid')) {
    throw new GgufError(`Its tensor "${name}" is stored as ${type.name}, in which weights cannot be used.`);
  }
  const elements = shape[0] * shape[1] * shape[2] * shape[3];
  if (!Number.isSafeInteger(elements)) {
    throw new GgufError(`Its tensor "${name}" claims ${elements} numbers. The file is damaged.`);
  }
  return { name, shape, type, elements, sizeBytes: (elements / type.blockLength) * type.blockBytes, offset };
}
