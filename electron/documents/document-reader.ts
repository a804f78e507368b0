import type { OpenedDocument, ReadPassage } from '../../shared/contract/index.ts';

/** What a person sees of a document: its original, or its text. */
export interface DocumentReader {
  /** @throws DOCUMENT_NOT_FOUND */
  open(documentId: string): Promise<OpenedDocument>;
  /**
   * Bytes of the original from `offset`, fewer at its end; of a DICOM file, those of its picture as PNG.
   *
   * @throws DOCUMENT_NOT_FOUND, ORIGINAL_MISSING, ORIGINAL_DAMAGED
   */
  piece(documentId: string, offset: number, lengthBytes: number): Promise<Uint8Array>;
  /** @throws DOCUMENT_NOT_FOUND */
  passages(documentId: string, from: number, limit: number): ReadPassage[];
}
