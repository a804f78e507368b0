/** Files on their way in from a page, each under a ticket until somebody takes it. */
export interface IncomingFiles extends Disposable {
  /** @throws FILE_TOO_LARGE, DISK_FULL, DATA_DIRECTORY_UNUSABLE */
  begin(file: { readonly name: string; readonly sizeBytes: number }): string;
  /**
   * Answers how many bytes are there now.
   *
   * @throws FILE_NOT_HANDED_OVER for an unknown ticket; BAD_INPUT for a gap or more than was announced; DISK_FULL
   */
  piece(ticket: string, offset: number, bytes: Uint8Array): number;
  drop(ticket: string): void;
  /**
   * The whole file, once. Disposing of it deletes it.
   *
   * @throws FILE_NOT_HANDED_OVER for an unknown ticket or a file that is not whole
   */
  take(ticket: string): IncomingFile;
}

export interface IncomingFile extends Disposable {
  /** Readable by this user only. */
  readonly path: string;
  /** As the person knows it: without folders and control characters. */
  readonly name: string;
  readonly sizeBytes: number;
}
