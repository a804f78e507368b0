import type { LanguageRegistration } from 'shiki/types';

import type { CodeLanguage } from './code-language.ts';

/** One piece of a line. `kind` is the last part of a `code-*` class, or null for ordinary text. */
export interface CodeToken {
  readonly text: string;
  readonly kind: string | null;
}
export type CodeLine = readonly CodeToken[];

export interface ColourRequest {
  /** Code that grows keeps its number, so that what was coloured need not be done again. */
  readonly block: number;
  readonly language: CodeLanguage;
  /**
   * With the first request of a language; null afterwards. The window fetches it, because a worker that imports files
   * later needs a content security policy of its own.
   */
  readonly grammar: LanguageRegistration[] | null;
  readonly code: string;
}

export interface ColourReply {
  readonly block: number;
  /** The lines before this one have not changed since the last reply. Null: the language could not be loaded. */
  readonly from: number | null;
  readonly lines: readonly CodeLine[];
}
