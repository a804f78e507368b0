import type { PersonalFinding } from '../../shared/model/privacy/personal-finding.ts';

/** Finds what tells of people, and secrets. Pure: the same text gives the same findings, and nothing is kept. */
export interface PersonalDataFinder {
  find(text: string, ownWords: readonly string[]): PersonalFinding[];
  /** The form in which two ways of writing a value are the same. */
  squeeze(text: string): string;
  /** Finds values however they are written; `value` is the index of the one that was found. */
  createValueFinder(
    values: readonly string[],
  ): (text: string) => { readonly value: number; readonly start: number; readonly end: number }[];
}
