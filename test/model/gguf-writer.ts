import { open } from 'node:fs/promises';
import { tensorTypes } from '../../shared/model/gguf/tensor-types.ts';
import { ByteBuilder } from './byte-builder.ts';
import type { GgufMetadata, GgufValue } from './gguf-values.ts';

const alignment = 32;
/** A multiple of the block size of every type, so that a piece never cuts a block. */
const pieceBytes = 2448 * 1712;

/** Fills the bytes of a tensor, a piece at a time; `offset` counts from the tensor's first byte. Zeros where it says so or is absent. */
export type TensorFill = (piece: Uint8Array, offset: number) => 'zeros' | void;

export interface TensorSpec {
  readonly name: string;
  /** The first is the length of a row. */
  readonly shape: readonly number[];
  /** A name of `tensorTypes`. */
  readonly type: string;
  readonly fill?: TensorFill;
}

const typesByName = new Map([...tensorTypes].map(([number, type]) => [type.name, { ...type, number }]));

export interface GgufFile {
  readonly metadata: GgufMetadata;
  readonly tensors: readonly TensorSpec[];
}

/** The part before the weights, padded to their start. */
export function encodeHeader(file: GgufFile, version = 3): Uint8Array {
  const entries = Object.entries(file.metadata);
  const out = new ByteBuilder();
  out.bytes(new TextEncoder().encode('GGUF')).u32(version).u64(file.tensors.length).u64(entries.length);
  for (const [key, value] of entries) {
    out.string(key);
    writeValue(out, value);
  }
  let offset = 0;
  for (const tensor of file.tensors) {
    out.string(tensor.name).u32(tensor.shape.length);
    for (const length of tensor.shape) out.u64(length);
    out.u32(typeOf(tensor).number).u64(offset);
    offset += padded(tensorBytes(tensor));
  }
  return out.padTo(alignment).finish();
}

export function tensorBytes(tensor: TensorSpec): number {
  const type = typeOf(tensor);
  const elements = tensor.shape.reduce((product, length) => product * length, 1);
  return (elements / type.blockLength) * type.blockBytes;
}

/** Writes the file piece by piece: memory stays flat however large it is, and zeros take no room on the disk. */
export async function writeGguf(path: string, file: GgufFile): Promise<{ sizeBytes: number }> {
  const header = encodeHeader(file);
  const handle = await open(path, 'w');
  try {
    await handle.write(header, 0, header.length, 0);
    const piece = new Uint8Array(pieceBytes);
    let start = header.length;
    for (const tensor of file.tensors) {
      const sizeBytes = tensorBytes(tensor);
      for (let offset = 0; tensor.fill !== undefined && offset < sizeBytes; offset += piece.length) {
        const part = piece.subarray(0, Math.min(piece.length, sizeBytes - offset));
        part.fill(0);
        if (tensor.fill(part, offset) === 'zeros') continue;
        await handle.write(part, 0, part.length, start + offset);
      }
      start += padded(sizeBytes);
    }
    await handle.truncate(start);
    return { sizeBytes: start };
  } finally {
    await handle.close();
  }
}

function typeOf(tensor: TensorSpec) {
  const type = typesByName.get(tensor.type);
  if (type === undefined) throw new TypeError(`No such tensor type: ${tensor.type}`);
  return type;
}

function padded(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

function writeValue(out: ByteBuilder, value: GgufValue): void {
  switch (value.type) {
    case 'uint8':
      out.u32(0).u8(value.value);
      return;
    case 'uint16':
      out.u32(2).u16(value.value);
      return;
    case 'uint32':
      out.u32(4).u32(value.value);
      return;
    case 'int32':
      out.u32(5).i32(value.value);
      return;
    case 'float32':
      out.u32(6).f32(value.value);
      return;
    case 'bool':
      out.u32(7).u8(value.value ? 1 : 0);
      return;
    case 'string':
      out.u32(8).string(value.value);
      return;
    case 'uint64':
      out.u32(10).u64(value.value);
      return;
    case 'strings':
      out.u32(9).u32(8).u64(value.value.length);
      for (const each of value.value) out.string(each);
      return;
    case 'int32s':
      out.u32(9).u32(5).u64(value.value.length);
      for (const each of value.value) out.i32(each);
      return;
    case 'uint32s':
      out.u32(9).u32(4).u64(value.value.length);
      for (const each of value.value) out.u32(each);
      return;
    case 'float32s':
      out.u32(9).u32(6).u64(value.value.length);
      for (const each of value.value) out.f32(each);
      return;
  }
}
