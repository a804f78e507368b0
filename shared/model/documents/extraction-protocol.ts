import type { DocumentProblem } from './document-problem.ts';
import type { DocumentFormat } from './document-format.ts';
import type { DocumentPage } from './extracted-document.ts';

/** Messages between the extractor and its process. Plain data only (structured clone). */
export interface ExtractionRequest {
  readonly type: 'extract';
  readonly id: number;
  readonly source: ExtractionSource;
  readonly limits: ExtractionLimits;
  /** Left out: it is read. Otherwise this is made of it, which comes in reports of `made`. */
  readonly make?: ExtractionProduct;
}

/** What can be made of a DICOM file: a PNG of its first frame, or a copy without personal data. */
export type ExtractionProduct =
  | { readonly kind: 'picture' }
  /** Whoever has the key can tell which UID was replaced by which. */
  | { readonly kind: 'deidentified'; readonly uidKey: Uint8Array };

/** Bytes of one report at most. */
export const madePieceBytes = 1024 * 1024;

/** `name` has the extension; it need not be the name of the file on disk. */
export type ExtractionSource =
  | { readonly path: string; readonly name: string }
  | { readonly bytes: Uint8Array; readonly name: string };

export interface ExtractionLimits {
  readonly fileBytes: number;
  /** What all parts of an archive may unpack to. */
  readonly unpackedBytes: number;
  readonly characters: number;
  /** Resident memory of the process, above which it ends itself. */
  readonly memoryBytes: number;
}

/** What the process writes to stderr before it ends itself for its memory. */
export const memoryLimitLine = 'document reader: over its memory limit';

/** One file is read at a time; everything about it carries its `id`. */
export type ExtractionReport =
  | { readonly type: 'ready' }
  | { readonly type: 'recognised'; readonly id: number; readonly format: DocumentFormat; readonly pages: number | null }
  /** In order, from 1. */
  | { readonly type: 'page'; readonly id: number; readonly page: DocumentPage }
  /** In order. */
  | { readonly type: 'made'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'problem'; readonly id: number; readonly problem: DocumentProblem }
  | {
      readonly type: 'finished';
      readonly id: number;
      readonly title: string | null;
      readonly language: string | null;
      /** What the process holds now. */
      readonly residentBytes: number;
    };
