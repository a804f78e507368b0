import type { ByteCursor } from './byte-cursor.ts';
import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';
import {
  arrayTypeNumber,
  scalarBytes,
  scalarTypes,
  type MetadataValue,
  type NumberType,
  type ScalarType,
} from './metadata-value.ts';
import { TokenSurveyor, type TokenSurvey } from './token-survey.ts';

const text = new TextDecoder();
const tokensKey = 'tokenizer.ggml.tokens';

export interface Metadata {
  readonly values: ReadonlyMap<string, MetadataValue>;
  readonly tokens: TokenSurvey | null;
}

/** @throws GgufError */
export async function readMetadata(cursor: ByteCursor, count: number): Promise<Metadata> {
  const values = new Map<string, MetadataValue>();
  let tokens: TokenSurvey | null = null;
  for (let index = 0; index < count; index += 1) {
    cursor.place = `entry ${index + 1} of the ${count} entries that describe the model`;
    const key = await readString(cursor, limits.keyBytes);
    if (key === '') throw new GgufError(`Entry ${index + 1} of its description has no name. The file is damaged.`);
    if (values.has(key)) throw new GgufError(`Its description holds "${key}" twice. The file is damaged.`);
    cursor.place = `the entry "${key}"`;
    await cursor.need(4);
    const typeNumber = cursor.u32();
    if (typeNumber === arrayTypeNumber) {
      const surveyor = await readArray(cursor, key, values);
      tokens = surveyor?.finish() ?? tokens;
    } else {
      values.set(key, await readScalar(cursor, typeOf(typeNumber, key)));
    }
    if (cursor.offset > limits.headerBytes) throw new GgufError('Its description is larger than any real model has.');
  }
  return { values, tokens };
}

/** Length and text; the length is checked against the file before anything is made from it. */
export async function readString(cursor: ByteCursor, limitBytes: number): Promise<string> {
  return text.decode(await readStringBytes(cursor, limitBytes));
}

async function readStringBytes(cursor: ByteCursor, limitBytes: number): Promise<Uint8Array> {
  if (!cursor.has(8)) await cursor.need(8);
  const length = cursor.u64();
  cursor.requireRemaining(length);
  if (length > limitBytes) {
    throw new GgufError(`A text in ${cursor.place} claims ${length} bytes, more than any model needs.`);
  }
  if (!cursor.has(length)) await cursor.need(length);
  return cursor.bytes(length);
}

async function readScalar(cursor: ByteCursor, type: ScalarType): Promise<MetadataValue> {
  if (type === 'string') return { kind: 'string', value: await readString(cursor, limits.stringBytes) };
  await cursor.need(scalarBytes[type]);
  if (type === 'bool') return { kind: 'bool', value: cursor.u8() !== 0 };
  return { kind: 'number', type, value: readNumber(cursor, type) };
}

async function readArray(
  cursor: ByteCursor,
  key: string,
  values: Map<string, MetadataValue>,
): Promise<TokenSurveyor | null> {
  await cursor.need(12);
  const elementType = typeOf(cursor.u32(), key);
  const length = cursor.u64();
  if (elementType !== 'string') {
    // The product is exact or absurdly large; either way it is compared with the file before anything is allocated.
    const lengthBytes = length * scalarBytes[elementType];
    cursor.requireRemaining(lengthBytes);
    let numbers: number[] | null = null;
    if (length <= limits.keptArrayLength) {
      await cursor.need(lengthBytes);
      numbers = Array.from({ length }, () => (elementType === 'bool' ? cursor.u8() : readNumber(cursor, elementType)));
    } else {
      cursor.skip(lengthBytes);
    }
    values.set(key, { kind: 'array', elementType, length, numbers });
    return null;
  }
  cursor.requireRemaining(length * 8);
  if (length > limits.stringArrayLength) {
    throw new GgufError(`The list "${key}" claims ${length} texts, more than any model needs. The file is damaged.`);
  }
  const surveyor = key === tokensKey ? new TokenSurveyor(length) : null;
  for (let index = 0; index < length; index += 1) {
    // Nearly every word is at hand already; waiting for a promise each time would take longer than reading it.
    const bytes = cursor.tryString() ?? (await readStringBytes(cursor, limits.stringBytes));
    surveyor?.add(bytes);
    if (cursor.offset > limits.headerBytes) throw new GgufError('Its description is larger than any real model has.');
  }
  values.set(key, { kind: 'array', elementType, length, numbers: null });
  return surveyor;
}

function readNumber(cursor: ByteCursor, type: NumberType): number {
  switch (type) {
    case 'uint8':
      return cursor.u8();
    case 'int8':
      return cursor.i8();
    case 'uint16':
      return cursor.u16();
    case 'int16':
      return cursor.i16();
    case 'uint32':
      return cursor.u32();
    case 'int32':
      return cursor.i32();
    case 'float32':
      return cursor.f32();
    case 'uint64':
      return cursor.u64();
    case 'int64':
      return cursor.i64();
    case 'float64':
      return cursor.f64();
  }
}

function typeOf(number: number, key: string): ScalarType {
  const type = scalarTypes.get(number);
  if (type !== undefined) return type;
  if (number === arrayTypeNumber) {
    throw new GgufError(`The entry "${key}" is a list of lists, which llama.cpp cannot read.`);
  }
  throw new GgufError(`The entry "${key}" has the unknown type ${number}. The file is damaged.`);
}
