import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Four letters and a version; a file of another version is read by nobody and ages out. */
const magic = Buffer.from('CLKV\u0001', 'latin1');
const saltBytes = 16;
const tagBytes = 16;
const lengthBytes = 4;
const chunkBytes = 1024 * 1024;

/**
 * Writes parts so that only the holder of the key can read them, and so that a moved or changed byte is noticed:
 * AES-256-GCM (NIST SP 800-38D) over chunks of at most 1 MiB with the number of the chunk in the nonce. Every file has a
 * key of its own, derived with HKDF (RFC 5869). How many parts there are and how large is for the first part to say.
 * @throws the system's error when the file cannot be written
 */
export async function writeSealed(path: string, key: Uint8Array, parts: readonly Uint8Array[]): Promise<void> {
  const salt = randomBytes(saltBytes);
  const fileKey = deriveKey(key, salt);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(Buffer.concat([magic, salt]));
    let index = 0;
    for (const part of parts) {
      for (let at = 0; at < part.length; at += chunkBytes) {
        await file.write(seal(fileKey, index, part.subarray(at, at + chunkBytes)));
        index += 1;
      }
    }
  } finally {
    await file.close();
  }
}

/** Reads a sealed file chunk by chunk, from its beginning. */
export interface SealedReader extends Disposable {
  /**
   * The next part, given its size; parts come out with the sizes that they were written with.
   * @throws Error when the file is not what was written with this key
   */
  read(sizeBytes: number): Promise<Buffer>;
}

/** @throws Error when it is no sealed file of this version, or the system's error */
export function openSealed(path: string, key: Uint8Array): SealedReader {
  const file = openSync(path, 'r');
  const take = (sizeBytes: number): Buffer => {
    const bytes = Buffer.allocUnsafe(sizeBytes);
    for (let at = 0; at < sizeBytes;) {
      const count = readSync(file, bytes, at, sizeBytes - at, null);
      if (count === 0) throw new Error('It ends too early.');
      at += count;
    }
    return bytes;
  };
  let index = 0;
  try {
    if (!take(magic.length).equals(magic)) throw new Error('It is no snapshot of this version.');
    const fileKey = deriveKey(key, take(saltBytes));
    return {
      async read(sizeBytes) {
        const part = Buffer.allocUnsafe(sizeBytes);
        for (let at = 0; at < sizeBytes;) {
          const length = take(lengthBytes).readUInt32LE(0);
          if (length === 0 || length > chunkBytes || length > sizeBytes - at) throw new Error('Its parts do not fit.');
          unseal(fileKey, index, take(tagBytes), take(length)).copy(part, at);
          index += 1;
          at += length;
          // A large state takes a while; requests and aborts come in between.
          if (index % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        return part;
      },
      [Symbol.dispose]: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function deriveKey(key: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'clawdbot kv snapshot file', 32));
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(index, 0);
  return nonce;
}

function seal(key: Buffer, index: number, chunk: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index));
  const sealed = Buffer.concat([cipher.update(chunk), cipher.final()]);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(chunk.length, 0);
  return Buffer.concat([length, cipher.getAuthTag(), sealed]);
}

function unseal(key: Buffer, index: number, tag: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}
