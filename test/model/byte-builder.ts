/** Grows as it is written; little endian. */
export class ByteBuilder {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    return this.#write(1, (view, at) => view.setUint8(at, value));
  }

  u16(value: number): this {
    return this.#write(2, (view, at) => view.setUint16(at, value, true));
  }

  u32(value: number): this {
    return this.#write(4, (view, at) => view.setUint32(at, value, true));
  }

  i32(value: number): this {
    return this.#write(4, (view, at) => view.setInt32(at, value, true));
  }

  f32(value: number): this {
    return this.#write(4, (view, at) => view.setFloat32(at, value, true));
  }

  u64(value: number | bigint): this {
    return this.#write(8, (view, at) => view.setBigUint64(at, BigInt(value), true));
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Length and content, as GGUF writes a string. */
  string(value: string | Uint8Array): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return this.u64(bytes.length).bytes(bytes);
  }

  padTo(alignment: number): this {
    const padding = (alignment - (this.#length % alignment)) % alignment;
    return this.bytes(new Uint8Array(padding));
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #write(length: number, write: (view: DataView, at: number) => void): this {
    const at = this.#reserve(length);
    write(new DataView(this.#bytes.buffer), at);
    return this;
  }

  #reserve(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }
}
