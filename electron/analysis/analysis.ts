import type { Comparison, DocumentTable, PersonalValue, PreparedFile } from '../../shared/contract/index.ts';

/**
 * What is worked out from documents on this device, without a model. Everything is done in short steps, so that the
 * process goes on answering, and ends with CANCELLED when `signal` aborts.
 */
export interface Analysis {
  /** @throws DOCUMENT_NOT_FOUND, CANCELLED */
  findPersonalData(
    request: { readonly documentId: string; readonly ownWords: readonly string[] },
    signal: AbortSignal,
  ): Promise<{ values: PersonalValue[]; more: number }>;
  /** @throws DOCUMENT_NOT_FOUND, REDACTION_INCOMPLETE, CANCELLED */
  redact(request: RedactRequest, signal: AbortSignal): Promise<PreparedFile & { replaced: number }>;
  /**
   * A DICOM file without what tells of a person; see `DicomFiles`.
   *
   * @throws DOCUMENT_NOT_FOUND, ORIGINAL_MISSING, ORIGINAL_DAMAGED, DEIDENTIFICATION_FAILED, CANCELLED
   */
  deidentify(
    request: { readonly documentId: string; readonly language: 'en' | 'zh' },
    signal: AbortSignal,
  ): Promise<PreparedFile>;
  /** @throws DOCUMENT_NOT_FOUND */
  tables(documentId: string): DocumentTable[];
  /** @throws DOCUMENT_NOT_FOUND */
  saveTables(request: {
    readonly documentId: string;
    readonly tables: readonly number[];
    readonly guardFormulas: boolean;
  }): PreparedFile;
  /** @throws DOCUMENT_NOT_FOUND, CANCELLED */
  compare(pair: DocumentPair, signal: AbortSignal): Promise<Comparison>;
  /** @throws DOCUMENT_NOT_FOUND, CANCELLED */
  describeChanges(
    request: DocumentPair & { readonly language: 'en' | 'zh'; readonly limitChars: number },
    signal: AbortSignal,
  ): Promise<{ markdown: string; left: number }>;
  /** @throws DOCUMENT_NOT_FOUND, CANCELLED */
  saveChanges(request: DocumentPair & { readonly language: 'en' | 'zh' }, signal: AbortSignal): Promise<PreparedFile>;
}

export interface DocumentPair {
  readonly beforeId: string;
  readonly afterId: string;
}

export interface RedactRequest {
  readonly documentId: string;
  readonly ownWords: readonly string[];
  /** Values that stay, by their ids. */
  readonly keep: readonly string[];
  readonly format: 'markdown' | 'text';
  readonly language: 'en' | 'zh';
}
