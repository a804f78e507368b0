/** Random access to the bytes of a file, wherever they are. Offsets and lengths are in bytes. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Resolves to exactly `length` bytes; callers never ask beyond `sizeBytes`. A shorter answer means the file shrank. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
