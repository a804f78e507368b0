import { once } from 'node:events';
import { createInflateRaw } from 'node:zlib';

import { corrupt, DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';

/** The parts of an archive; what they unpack to is counted together. */
export interface ZipArchive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The bytes of a part as they are unpacked. @throws DocumentFailure ZIP_BOMB, CORRUPT, PASSWORD_PROTECTED */
  stream(name: string): AsyncGenerator<Uint8Array>;
  /** The text of a part in UTF-8 or UTF-16; empty when there is no such part. @throws as `stream` */
  text(name: string): Promise<string>;
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly offset: number;
}

const endRecord = 0x06054b50;
const entryRecord = 0x02014b50;
const localRecord = 0x04034b50;
const endRecordBytes = 22;
const mostEntries = 100_000;
const mostDirectoryBytes = 50_000_000;
const chunkBytes = 256 * 1024;

/**
 * Reads the directory of an archive (APPNOTE 6.3.10, with ZIP64). The sizes that the archive claims are not believed:
 * `unpackedBytes` is counted while unpacking.
 *
 * @throws DocumentFailure CORRUPT
 */
export async function openZip(file: SourceFile, unpackedBytes: number): Promise<ZipArchive> {
  const entries = await readDirectory(file);
  let left = unpackedBytes;

  async function* stream(name: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(name);
    if (entry === undefined) return;
    if (entry.isEncrypted) throw new DocumentFailure({ code: 'PASSWORD_PROTECTED', data: {} });
    const packed = packedChunks(file, entry);
    for await (const chunk of entry.method === 0 ? packed : inflate(packed, entry)) {
      left -= chunk.length;
      if (left < 0) throw new DocumentFailure({ code: 'ZIP_BOMB', data: { limitBytes: unpackedBytes } });
      yield chunk;
    }
  }

  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    stream,
    async text(name) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream(name)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
      return new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
    },
  };
}

async function* packedChunks(file: SourceFile, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const head = viewOf(await file.read(entry.offset, 30));
  if (head.byteLength < 30 || head.getUint32(0, true) !== localRecord) {
    throw corrupt('a part of it is not where it should be');
  }
  const from = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const end = Math.min(from + entry.packedBytes, file.sizeBytes);
  for (let at = from; at < end; at += chunkBytes) yield file.read(at, Math.min(chunkBytes, end - at));
}

async function* inflate(packed: AsyncGenerator<Uint8Array>, { method }: ZipEntry): AsyncGenerator<Uint8Array> {
  if (method !== 8) throw corrupt('a part of it is packed in an unknown way');
  const inflater = createInflateRaw();
  const feed = async (): Promise<void> => {
    for await (const chunk of packed) {
      if (inflater.destroyed) return;
      if (!inflater.write(chunk)) await Promise.race([once(inflater, 'drain'), once(inflater, 'close')]);
    }
    inflater.end();
  };
  const fed = feed().catch((error: unknown) => void inflater.destroy(error instanceof Error ? error : undefined));
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof DocumentFailure ? error : corrupt('a part of it cannot be unpacked', error);
  } finally {
    inflater.destroy();
    await fed;
  }
}

async function readDirectory(file: SourceFile): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, sizeBytes } = await findDirectory(file);
  if (sizeBytes > mostDirectoryBytes) throw corrupt('its table of contents is too large');
  const view = viewOf(await file.read(offset, sizeBytes));
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= view.byteLength && entries.size < mostEntries;) {
    if (view.getUint32(at, true) !== entryRecord) break;
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const flags = view.getUint16(at + 8, true);
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (at + 46 + nameBytes + extraBytes > view.byteLength) break;
    const raw = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes);
    const name = new TextDecoder().decode(raw).replaceAll('\\', '/').replace(/^\/+/, '');
    const sizes = longSizes(view, at, at + 46 + nameBytes, extraBytes);
    // The first of a name counts; a second one is how a checker and a reader are shown different things.
    if (!entries.has(name)) {
      entries.set(name, { name, method: view.getUint16(at + 10, true), isEncrypted: (flags & 1) === 1, ...sizes });
    }
    at = next;
  }
  if (entries.size === 0) throw corrupt('its table of contents is missing');
  return entries;
}

async function findDirectory(file: SourceFile): Promise<{ offset: number; sizeBytes: number }> {
  // A comment of at most 65535 bytes may follow the record.
  const tailBytes = Math.min(file.sizeBytes, endRecordBytes + 65_535);
  const tailAt = file.sizeBytes - tailBytes;
  const tail = viewOf(await file.read(tailAt, tailBytes));
  for (let at = tail.byteLength - endRecordBytes; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== endRecord) continue;
    const sizeBytes = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    if (offset !== 0xffffffff && sizeBytes !== 0xffffffff) return { offset, sizeBytes };
    const locator = at - 20;
    if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50) break;
    const long = viewOf(await file.read(readLong(tail, locator + 8), 56));
    if (long.byteLength < 56 || long.getUint32(0, true) !== 0x06064b50) break;
    return { sizeBytes: readLong(long, 40), offset: readLong(long, 48) };
  }
  throw corrupt('its end is missing');
}

/** Sizes and places that need more than 32 bits stand in an extra field, those that do not are left out there. */
function longSizes(
  view: DataView,
  at: number,
  extraAt: number,
  extraBytes: number,
): Pick<ZipEntry, 'packedBytes' | 'offset'> {
  let packedBytes = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  const unpacked = view.getUint32(at + 24, true);
  for (let field = extraAt; field + 4 <= extraAt + extraBytes;) {
    const bytes = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      let value = field + 4 + (unpacked === 0xffffffff ? 8 : 0);
      const end = Math.min(field + 4 + bytes, extraAt + extraBytes);
      if (packedBytes === 0xffffffff && value + 8 <= end) {
        packedBytes = readLong(view, value);
        value += 8;
      }
      if (offset === 0xffffffff && value + 8 <= end) offset = readLong(view, value);
      break;
    }
    field += 4 + bytes;
  }
  return { packedBytes, offset };
}

function readLong(view: DataView, at: number): number {
  if (at < 0 || at + 8 > view.byteLength) return 0;
  return Number(view.getBigUint64(at, true) & 0x1fffffffffffffn);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
