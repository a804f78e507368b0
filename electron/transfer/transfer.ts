import type { ImportJob } from '../../shared/contract/index.ts';

/** Conversations on their way in and out. The meaning of each call is written in shared/contract/data.ts. */
export interface Transfer extends AsyncDisposable {
  watch(signal: AbortSignal): AsyncIterable<ImportJob | null>;
  /** Takes the file of a ticket. @throws FILE_NOT_HANDED_OVER, IMPORT_RUNNING */
  startImport(ticket: string): void;
  cancelImport(): void;
  dismissImport(): void;
  isImporting(): boolean;
  /** Undefined for a conversation or a prepared file that is not there. */
  export(request: ExportRequest): ExportedFile | undefined;
}

export type ExportRequest =
  | {
      readonly format: 'json' | 'markdown';
      /** Null for all. */
      readonly conversationId: string | null;
    }
  /** A file that was made before. */
  | { readonly format: 'prepared'; readonly ticket: string };

/** A file on its way out, in pieces. */
export interface ExportedFile {
  readonly name: string;
  readonly type:
    | 'application/json'
    | 'text/markdown'
    | 'text/plain'
    | 'text/csv'
    | 'application/zip'
    | 'application/dicom';
  readonly content: AsyncIterable<string | Buffer>;
}
