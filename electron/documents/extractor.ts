import type { ExtractionProduct, ExtractionSource } from '../../shared/model/documents/extraction-protocol.ts';
import type { DocumentFormat } from '../../shared/model/documents/document-format.ts';
import type { DocumentPage, ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';

/**
 * Reads files of any kind into pages of blocks. The reading happens in a process of its own, one file at a time in each;
 * whatever a file does there costs that file only.
 */
export interface Extractor extends AsyncDisposable {
  /**
   * Always gives a document: what is wrong with a file stands in its problems.
   *
   * @throws CANCELLED when the signal aborts, or the extractor is disposed
   */
  extract(source: ExtractionSource, options?: ExtractOptions): Promise<ExtractedDocument>;
}

export interface ExtractOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExtractProgress) => void;
  /** Each page as it is read, before the promise settles. */
  readonly onPage?: (page: DocumentPage) => void;
  /** Nothing is read then; the document has problems and no pages. */
  readonly make?: ExtractionProduct;
  /** What is made, in pieces. */
  readonly onMade?: (bytes: Uint8Array) => void;
}

export interface ExtractProgress {
  readonly format: DocumentFormat | null;
  readonly pagesRead: number;
  /** Null while it is not known. */
  readonly pagesTotal: number | null;
  readonly characters: number;
}
