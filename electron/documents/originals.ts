/**
 * Copies of the files whose pages are shown as they look, kept encrypted and once for each content. They lie beside the
 * database and not in its snapshots: a document whose original is gone still has its text.
 */
export interface Originals {
  /**
   * Makes a copy that is kept once `commit` is called; disposing without that deletes it. Undefined when it cannot be kept
   * (too large, no room on the disk, changed meanwhile), which is logged.
   *
   * @throws the signal's reason
   */
  stage(source: OriginalSource, signal: AbortSignal): Promise<StagedOriginal | undefined>;
  has(sha256: string): boolean;
  /**
   * Bytes from `offset`, fewer at the end.
   *
   * @throws ORIGINAL_MISSING; ORIGINAL_DAMAGED, and it is gone then
   */
  read(sha256: string, offset: number, lengthBytes: number): Promise<Uint8Array>;
  /** Deletes what belongs to none of these contents. Never throws. */
  sweep(living: readonly string[]): void;
}

export interface OriginalSource {
  readonly path: string;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface StagedOriginal extends Disposable {
  /** To be called once the document is stored: what belongs to none is swept away. Never throws. */
  commit(): void;
}
