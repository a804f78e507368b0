import type { ByteSource } from '../../../shared/model/gguf/byte-source.ts';
import { encodeHeader, tensorBytes, type GgufFile } from '../../model/gguf-writer.ts';

export interface CountingSource extends ByteSource {
  /** Of all reads so far. */
  readonly totalBytes: number;
  readonly largestBytes: number;
}

/** Bytes as a file, counting what is asked of it. */
export function bytesSource(bytes: Uint8Array): CountingSource {
  let totalBytes = 0;
  let largestBytes = 0;
  return {
    sizeBytes: bytes.length,
    get totalBytes() {
      return totalBytes;
    },
    get largestBytes() {
      return largestBytes;
    },
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > bytes.length) throw new RangeError('It asked beyond the file.');
      totalBytes += length;
      largestBytes = Math.max(largestBytes, length);
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
  };
}

/** The file in memory, with zeros for weights. */
export function encodeGguf(file: GgufFile, version = 3): Uint8Array {
  const header = encodeHeader(file, version);
  const padded = (length: number): number => Math.ceil(length / 32) * 32;
  const size = file.tensors.reduce((sum, tensor) => sum + padded(tensorBytes(tensor)), header.length);
  const bytes = new Uint8Array(size);
  bytes.set(header);
  return bytes;
}
