import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/**
 * Reads a zip archive on the disk by its directory (PKWARE's APPNOTE 6.3.10), Zip64 too. Whatever it says is checked
 * against the file before it is believed; contents come as streams.
 */
export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  /** Why it cannot be read; undefined when it can. */
  readonly unreadable: string | undefined;
  readonly method: number;
  readonly offset: number;
}

export class ZipError extends Error {}

const endBytes = 22;
const longestCommentBytes = 65_535;
const directoryLimitBytes = 256 * 1024 * 1024;

/** @throws ZipError when it is no archive that can be read */
export async function readZipDirectory(file: string): Promise<ZipEntry[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const tailAt = Math.max(0, size - endBytes - longestCommentBytes);
    const tail = await read(handle, tailAt, size - tailAt);
    const endAt = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (endAt < 0 || endAt + endBytes > tail.length) {
      throw new ZipError('the archive is not complete: its end is missing');
    }
    let entries = tail.readUInt16LE(endAt + 10);
    let bytes = tail.readUInt32LE(endAt + 12);
    let at = tail.readUInt32LE(endAt + 16);
    if (entries === 0xffff || bytes === 0xffffffff || at === 0xffffffff) {
      const locatorAt = tailAt + endAt - 20;
      if (locatorAt < 0) throw new ZipError('the archive is not complete: its directory is missing');
      const locator = await read(handle, locatorAt, 20);
      if (locator.readUInt32LE(0) !== 0x07064b50) throw new ZipError('the directory of the archive cannot be found');
      const record = await read(handle, Number(locator.readBigUInt64LE(8)), 56);
      if (record.readUInt32LE(0) !== 0x06064b50) throw new ZipError('the directory of the archive cannot be read');
      entries = Number(record.readBigUInt64LE(32));
      bytes = Number(record.readBigUInt64LE(40));
      at = Number(record.readBigUInt64LE(48));
    }
    if (at + bytes > size || bytes > directoryLimitBytes) throw new ZipError('the archive is not complete');
    return parseDirectory(await read(handle, at, bytes), entries);
  } finally {
    await handle.close();
  }
}

/**
 * The content of an entry, unpacked. `onBytes` hears how many bytes of the archive were read since the last call.
 *
 * @throws ZipError
 */
export async function openZipEntry(
  file: string,
  entry: ZipEntry,
  onBytes: (bytes: number) => void = () => {},
): Promise<AsyncIterable<Buffer>> {
  if (entry.unreadable !== undefined) throw new ZipError(entry.unreadable);
  const handle = await open(file, 'r');
  let start: number;
  try {
    const header = await read(handle, entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw new ZipError('the archive is damaged');
    start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  if (entry.compressedBytes === 0) return empty();
  const packed = createReadStream(file, { start, end: start + entry.compressedBytes - 1, highWaterMark: 64 * 1024 });
  const counted = counting(packed, onBytes);
  if (entry.method === 0) return counted;
  const inflate = createInflateRaw();
  // Errors of both reach whoever reads the end of it.
  return pipeline(counted, inflate, () => undefined);
}

async function* counting(source: AsyncIterable<Buffer>, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    onBytes(chunk.length);
    yield chunk;
  }
}

async function* empty(): AsyncGenerator<Buffer> {}

function parseDirectory(directory: Buffer, expected: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < expected) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw new ZipError('the directory of the archive is damaged');
    }
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw new ZipError('the directory of the archive is damaged');
    const numbers = readNumbers(directory, at, directory.subarray(nameEnd, extraEnd));
    const unreadable =
      (flags & 1) !== 0
        ? 'it is protected with a password'
        : method !== 0 && method !== 8
          ? `it is packed in a way that is not known (${method})`
          : undefined;
    entries.push({ name: directory.toString('utf8', at + 46, nameEnd), method, unreadable, ...numbers });
    at = next;
  }
  return entries;
}

/** Sizes and place; those that do not fit stand in the Zip64 field, in this order. */
function readNumbers(
  directory: Buffer,
  at: number,
  extra: Buffer,
): Pick<ZipEntry, 'sizeBytes' | 'compressedBytes' | 'offset'> {
  let sizeBytes = directory.readUInt32LE(at + 24);
  let compressedBytes = directory.readUInt32LE(at + 20);
  let offset = directory.readUInt32LE(at + 42);
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== 1) continue;
    let value = field + 4;
    const end = Math.min(value + extra.readUInt16LE(field + 2), extra.length);
    const next = (): number => {
      if (value + 8 > end) throw new ZipError('the directory of the archive is damaged');
      value += 8;
      return Number(extra.readBigUInt64LE(value - 8));
    };
    if (sizeBytes === 0xffffffff) sizeBytes = next();
    if (compressedBytes === 0xffffffff) compressedBytes = next();
    if (offset === 0xffffffff) offset = next();
    break;
  }
  return { sizeBytes, compressedBytes, offset };
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw new ZipError('the archive is not complete');
    done += bytesRead;
  }
  return buffer;
}
