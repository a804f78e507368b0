import type { DocumentFormat } from './document-format.ts';
import type { Damage, UnreadKind } from './problem-phrases.ts';

/** Everything that can be wrong with a file, with what a sentence about it needs. The list is closed. */
export interface ProblemDataByCode {
  // The file gave nothing.
  /** `reason` is the system's code, such as `ENOENT` or `EACCES`. */
  FILE_UNREADABLE: { reason: string };
  EMPTY: Record<string, never>;
  TOO_LARGE: { sizeBytes: number; limitBytes: number };
  PASSWORD_PROTECTED: Record<string, never>;
  CORRUPT: { detail: Damage };
  NOT_SUPPORTED: { kind: UnreadKind };
  /** A picture of an iPhone, which needs the system's own decoder. */
  HEIC_PICTURE: Record<string, never>;
  NO_TEXT: Record<string, never>;
  // Reading ended early; what was read until then is there.
  ZIP_BOMB: { limitBytes: number };
  /** `page` is the one being read, null before the first. */
  TIME_LIMIT: { limitMs: number; page: number | null };
  MEMORY_LIMIT: { limitBytes: number; page: number | null };
  CRASHED: { page: number | null };
  TRUNCATED: { limitCharacters: number };
  // Something to know about what was read.
  WRONG_EXTENSION: { extension: string; format: DocumentFormat };
  HAS_MACROS: Record<string, never>;
  PAGES_WITHOUT_TEXT: { pages: readonly number[] };
  PAGE_UNREADABLE: { page: number; detail: Damage };
  /** The text was decoded as this, but holds bytes that make no sense in it. */
  ENCODING_UNSURE: { encoding: string };
  /** Files inside the file that were left alone. */
  ATTACHMENTS_NOT_READ: { names: readonly string[] };
  RECOGNITION_UNSURE: { pages: readonly number[]; confidence: number };
  /** The picture of a DICOM file; `kind` names its encoding, such as `JPEG 2000`. */
  PICTURE_NOT_SHOWN: { kind: string };
}

export type ProblemCode = keyof ProblemDataByCode;

export type DocumentProblem = {
  readonly [C in ProblemCode]: { readonly code: C; readonly data: Readonly<ProblemDataByCode[C]> };
}[ProblemCode];

/** `failed`: nothing can be used. `partial`: something is missing. `note`: everything was read. */
export type ProblemSeverity = 'failed' | 'partial' | 'note';

export const problemSeverities: Readonly<Record<ProblemCode, ProblemSeverity>> = {
  FILE_UNREADABLE: 'failed',
  EMPTY: 'failed',
  TOO_LARGE: 'failed',
  PASSWORD_PROTECTED: 'failed',
  CORRUPT: 'failed',
  NOT_SUPPORTED: 'failed',
  HEIC_PICTURE: 'failed',
  NO_TEXT: 'failed',
  ZIP_BOMB: 'partial',
  TIME_LIMIT: 'partial',
  MEMORY_LIMIT: 'partial',
  CRASHED: 'partial',
  TRUNCATED: 'partial',
  PAGES_WITHOUT_TEXT: 'partial',
  PAGE_UNREADABLE: 'partial',
  WRONG_EXTENSION: 'note',
  HAS_MACROS: 'note',
  ENCODING_UNSURE: 'note',
  ATTACHMENTS_NOT_READ: 'note',
  RECOGNITION_UNSURE: 'note',
  PICTURE_NOT_SHOWN: 'note',
};
