import type { PersonalKind } from './personal-kinds.ts';

/** A stretch of a text that tells of a person, or opens a door. */
export interface PersonalFinding {
  readonly kind: PersonalKind;
  /** Which rule found it, such as `us-ssn`. */
  readonly rule: string;
  /** In UTF-16 units of the text as it was given; `end` is not part of it. */
  readonly start: number;
  readonly end: number;
  /** From 0.5 to 1: how sure the rule is. */
  readonly score: number;
}
