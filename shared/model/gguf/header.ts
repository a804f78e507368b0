import { ByteCursor } from './byte-cursor.ts';
import type { ByteSource } from './byte-source.ts';
import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';
import { readMetadata, type Metadata } from './metadata-reader.ts';
import { readTensorInfos, type TensorInfo } from './tensor-reader.ts';

const defaultAlignment = 32;
const bigEndian = 'It is a GGUF file for big-endian machines, which this machine cannot run.';

/** Everything of a GGUF file but its weights. */
export interface GgufHeader {
  readonly version: number;
  readonly metadata: Metadata;
  readonly tensors: readonly TensorInfo[];
  /** Where the weights begin. */
  readonly dataOffset: number;
}

/**
 * Reads the header of a GGUF file of version 2 or 3, as ggml/docs/gguf.md and llama.cpp's gguf.cpp define it, and checks
 * that every tensor lies where the loader expects it and inside the file.
 * @throws GgufError
 */
export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  const cursor = new ByteCursor(source);
  await requireMagic(source, cursor);
  cursor.place = 'its first bytes';
  await cursor.need(20);
  const version = cursor.u32();
  requireVersion(version);
  const tensorCount = cursor.u64();
  const keyCount = cursor.u64();
  if (tensorCount > limits.tensors) {
    throw new GgufError(`The file claims ${tensorCount} tensors, more than any model has. It is damaged.`);
  }
  if (keyCount > limits.metadataKeys) {
    throw new GgufError(`The file claims ${keyCount} entries of description, more than any model has. It is damaged.`);
  }
  const metadata = await readMetadata(cursor, keyCount);
  const alignment = alignmentOf(metadata);
  const tensors = await readTensorInfos(cursor, tensorCount);
  const dataOffset = padded(cursor.offset, alignment);
  requireInFile(tensors, dataOffset, alignment, source.sizeBytes);
  return { version, metadata, tensors, dataOffset };
}

async function requireMagic(source: ByteSource, cursor: ByteCursor): Promise<void> {
  if (source.sizeBytes === 0) throw new GgufError('The file is empty: the download was probably cut off.');
  if (source.sizeBytes >= 4) {
    await cursor.need(4);
    const magic = String.fromCharCode(...cursor.bytes(4));
    if (magic === 'GGUF') return;
    if (magic === 'FUGG') throw new GgufError(bigEndian);
    if (/^\s*[<{]/.test(magic)) {
      throw new GgufError('It is a web page or a text, not a model: the download probably needed a login.');
    }
    if (magic.startsWith('PK')) throw new GgufError('It is an archive, not a GGUF file. Unpack it first.');
  }
  throw new GgufError('It is not a GGUF file. Clawdbot runs models in the GGUF format.');
}

function requireVersion(version: number): void {
  if (version === 2 || version === 3) return;
  if (version === 1) throw new GgufError('It is a GGUF file of version 1, which llama.cpp no longer reads.');
  if ((version & 0xffff) === 0) {
    throw new GgufError(bigEndian);
  }
  throw new GgufError(`It is a GGUF file of version ${version}; versions 2 and 3 can be read.`);
}

function alignmentOf(metadata: Metadata): number {
  const value = metadata.values.get('general.alignment');
  if (value === undefined) return defaultAlignment;
  if (
    value.kind !== 'number' ||
    value.type !== 'uint32' ||
    value.value === 0 ||
    (value.value & (value.value - 1)) !== 0
  ) {
    throw new GgufError('Its "general.alignment" is not a power of two. The file is damaged.');
  }
  return value.value;
}

function requireInFile(tensors: readonly TensorInfo[], dataOffset: number, alignment: number, sizeBytes: number): void {
  let expected = 0;
  for (const [index, tensor] of tensors.entries()) {
    if (tensor.offset !== expected) {
      throw new GgufError(
        `Its tensor "${tensor.name}" should begin at byte ${expected} of the weights, not at ${tensor.offset}. ` +
          'The file is damaged.',
      );
    }
    if (dataOffset + tensor.offset + tensor.sizeBytes > sizeBytes) {
      throw new GgufError(
        `The file ends after ${index} of ${tensors.length} tensors: the download was probably cut off. ` +
          'Download it again.',
      );
    }
    expected = padded(expected + tensor.sizeBytes, alignment);
  }
}

function padded(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
