import type { ByteSource } from './byte-source.ts';
import { GgufError } from './gguf-error.ts';

const chunkBytes = 256 * 1024;

/** What the cursor is in the middle of, as a phrase for "The file ends in ...". */
export type Place = string;

/**
 * Reads a file from front to back. `need(n)` makes the next `n` bytes available, after which the typed getters may be
 * used without waiting; a getter never reaches beyond what was asked for. Little endian throughout.
 */
export class ByteCursor {
  place: Place = 'its first bytes';
  readonly #source: ByteSource;
  #chunk: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#chunk.buffer);
  /** Offset in the file of the first byte of the chunk. */
  #chunkStart = 0;
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get offset(): number {
    return this.#chunkStart + this.#at;
  }

  get remainingBytes(): number {
    return this.#source.sizeBytes - this.offset;
  }

  /** Whether the next `length` bytes are at hand already, so that a hot loop need not wait for a promise. */
  has(length: number): boolean {
    return this.#at + length <= this.#chunk.length;
  }

  async need(length: number): Promise<void> {
    if (this.has(length)) return;
    this.requireRemaining(length);
    const start = this.offset;
    const wanted = Math.min(Math.max(length, chunkBytes), this.#source.sizeBytes - start);
    const bytes = await this.#source.read(start, wanted);
    if (bytes.length < length) throw new GgufError('The file became shorter while it was being read.');
    this.#chunk = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#chunkStart = start;
    this.#at = 0;
  }

  /** @throws GgufError when fewer than `length` bytes follow */
  requireRemaining(length: number): void {
    if (length > this.remainingBytes) {
      throw new GgufError(`The file ends in ${this.place}: the download was probably cut off, or the file is damaged.`);
    }
  }

  skip(length: number): void {
    this.requireRemaining(length);
    if (this.has(length)) {
      this.#at += length;
      return;
    }
    this.#chunkStart = this.offset + length;
    this.#chunk = new Uint8Array(0);
    this.#view = new DataView(this.#chunk.buffer);
    this.#at = 0;
  }

  /** A view of the next bytes, valid until the next `need`. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#chunk.subarray(start, start + length);
  }

  /** The next length and that many bytes, when all of them are at hand; otherwise nothing was read. */
  tryString(): Uint8Array | undefined {
    if (!this.has(8)) return undefined;
    const start = this.#at;
    const length = this.u64();
    if (this.has(length)) return this.bytes(length);
    this.#at = start;
    return undefined;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  i8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  i16(): number {
    return this.#view.getInt16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  /** Exact up to 2^53; beyond that the nearest double, which is still far larger than any file. */
  u64(): number {
    const at = this.#take(8);
    return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
  }

  i64(): number {
    return Number(this.#view.getBigInt64(this.#take(8), true));
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  #take(length: number): number {
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
