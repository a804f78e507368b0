import type { AnswerMark, AnswerSource, AnswerSources } from '../../shared/contract/index.ts';

/** What of a passage is kept with an answer. */
export type GivenSource = Omit<AnswerSource, 'deleted'>;

export interface GivenSources {
  readonly kind: AnswerSources['kind'];
  readonly list: readonly GivenSource[];
}

/** What answers were given to read of documents. It is part of the message for everyone who reads that. */
export interface StoredSources {
  /** In the place of what the answer was given before, with what was found out about that. */
  give(messageId: string, given: GivenSources): void;
  /** All that was given, by number; undefined for an answer without documents. */
  of(messageId: string): GivenSources | undefined;
  /** `shown`: numbers that are told with the answer from now on. */
  mark(messageId: string, result: { readonly shown: readonly number[]; readonly marks: readonly AnswerMark[] }): void;
  /** Answers that have ended and were not compared with their sources. */
  unmarked(limit: number): string[];
}
