import type { Split } from './held-out.ts';
import type { ValueWishes } from './choose-values.ts';
import type { Language } from './slot-lists.ts';
import type { SlotType } from './slot-types.ts';

/** One fact, ready for a document. */
export interface Fact {
  /** What it is about, without the values. */
  readonly relation: string;
  readonly language: Language;
  /** Values of one family answer the same question word: when, who, how many. */
  readonly family: string;
  readonly value: string;
  /** Every slot value in it, its own included. */
  readonly values: readonly string[];
  /** The sentence that states it. */
  readonly statement: string;
  readonly questions: readonly string[];
  /** Each contains the value. */
  readonly answers: readonly string[];
  /** Where it can also stand in a list or table. */
  readonly field?: { readonly subject: string; readonly name: string; readonly subjectKey: string };
}

/** Where facts come from: an object of the corpus, or an attribute with all that can have it. */
export interface FactSource {
  readonly relation: string;
  readonly split: Split;
  /** Undefined when no unused values are left. */
  tryFill(wishes: ValueWishes): Fact | undefined;
}

/** Composed facts about one and the same subject. */
export interface SubjectSource {
  tryFill(wishes: ValueWishes, count: number): Fact[];
}

export function familyOf(type: SlotType): string {
  switch (type) {
    case 'PERSON':
    case 'FIRSTNAME':
      return 'who';
    case 'DATE':
    case 'MONTH':
    case 'YEAR':
    case 'WEEKDAY':
    case 'TIME':
      return 'when';
    case 'NUM':
    case 'SMALLNUM':
      return 'how many';
    case 'CITY':
    case 'COUNTRY':
      return 'where';
    default:
      return type;
  }
}
