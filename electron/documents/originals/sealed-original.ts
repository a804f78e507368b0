import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Four letters and a version; a file of another version counts as damaged. */
const magic = Buffer.from('CLOR\u0001', 'latin1');
const saltBytes = 16;
const sizeBytes = 8;
const headerBytes = magic.length + saltBytes + sizeBytes;
const nonceBytes = 12;
const tagBytes = 16;
/** Of the content; what is sealed of it is longer by a nonce and a tag. */
export const chunkBytes = 256 * 1024;
const sealedChunkBytes = nonceBytes + chunkBytes + tagBytes;

/** It is not what was sealed: cut off, changed, moved, or of another file. */
export class DamagedOriginalError extends Error {
  override readonly name = 'DamagedOriginalError';
}

/** The source is not what it was when its digest was taken. */
export class ChangedSourceError extends Error {
  override readonly name = 'ChangedSourceError';
}

export interface SealedContent {
  readonly key: Uint8Array;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a copy of a file that only the holder of the key can read, any part of it without the rest: AES-256-GCM
 * (NIST SP 800-38D) over chunks of 256 KiB, each with a random nonce, under a key that HKDF (RFC 5869) derives for this
 * one file from its salt and the digest of its content. The head of the file and the number of the chunk are
 * authenticated with every chunk, so none can be moved, left out or taken from another file.
 *
 * @throws ChangedSourceError when the content does not have the digest; the system's error; the signal's reason
 */
export async function sealOriginal(
  source: string,
  target: string,
  content: SealedContent & { readonly sizeBytes: number },
  signal: AbortSignal,
): Promise<void> {
  const size = Buffer.alloc(sizeBytes);
  size.writeBigUInt64LE(BigInt(content.sizeBytes));
  const salt = randomBytes(saltBytes);
  const header = Buffer.concat([magic, salt, size]);
  const fileKey = deriveKey(content, salt);
  const hash = createHash('sha256');
  const file = await open(target, 'wx', 0o600);
  try {
    await file.writeFile(header);
    let index = 0;
    let written = 0;
    for await (const chunk of chunksOf(source, signal)) {
      hash.update(chunk);
      written += chunk.length;
      if (written > content.sizeBytes) throw new ChangedSourceError('It has become longer.');
      await file.writeFile(seal(fileKey, header, index, chunk));
      index += 1;
    }
    if (hash.digest('hex') !== content.sha256) throw new ChangedSourceError('It has another content.');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes from `offset`, fewer at the end of the content. @throws DamagedOriginalError, or the system's error */
export async function readSealedOriginal(
  path: string,
  content: SealedContent,
  offset: number,
  lengthBytes: number,
): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const header = await readExactly(file, 0, headerBytes);
    if (!header.subarray(0, magic.length).equals(magic)) throw new DamagedOriginalError('It has another beginning.');
    const size = Number(header.readBigUInt64LE(magic.length + saltBytes));
    const chunks = Math.ceil(size / chunkBytes);
    const expected = headerBytes + size + chunks * (nonceBytes + tagBytes);
    if ((await file.stat()).size !== expected) throw new DamagedOriginalError('It has another length.');
    const fileKey = deriveKey(content, header.subarray(magic.length, magic.length + saltBytes));
    const end = Math.min(size, offset + lengthBytes);
    if (end <= offset) return Buffer.alloc(0);
    const parts: Buffer[] = [];
    const first = Math.floor(offset / chunkBytes);
    for (let index = first; index * chunkBytes < end; index += 1) {
      const plainBytes = Math.min(chunkBytes, size - index * chunkBytes);
      const at = headerBytes + index * sealedChunkBytes;
      const sealed = await readExactly(file, at, nonceBytes + plainBytes + tagBytes);
      parts.push(unseal(fileKey, header, index, sealed));
    }
    const from = offset - first * chunkBytes;
    return Buffer.concat(parts).subarray(from, from + end - offset);
  } finally {
    await file.close();
  }
}

/** The content in whole chunks; a stream's own pieces have any size. */
async function* chunksOf(source: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const piece of createReadStream(source, { signal, highWaterMark: chunkBytes })) {
    let rest: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    while (waitingBytes + rest.length >= chunkBytes) {
      const taken = chunkBytes - waitingBytes;
      yield Buffer.concat([...waiting, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      [waiting, waitingBytes] = [[], 0];
    }
    if (rest.length > 0) waiting.push(rest);
    waitingBytes += rest.length;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new DamagedOriginalError('It ends too early.');
    at += bytesRead;
  }
  return bytes;
}

function deriveKey({ key, sha256 }: SealedContent, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, `clawdbot original ${sha256}`, 32));
}

function authenticated(header: Buffer, index: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32LE(index);
  return Buffer.concat([header, number]);
}

function seal(key: Buffer, header: Buffer, index: number, chunk: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticated(header, index));
  const sealed = Buffer.concat([cipher.update(chunk), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

function unseal(key: Buffer, header: Buffer, index: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(authenticated(header, index)).setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch (error) {
    throw new DamagedOriginalError('Its content was changed.', { cause: error });
  }
}
