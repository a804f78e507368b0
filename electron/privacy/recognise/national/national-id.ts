import { hasContext, stretchesOf, type Candidate, type ReadText } from '../candidate.ts';
import { shapesIn } from '../number-runs.ts';

/** A country's number for its people. */
export interface NationalId {
  readonly rule: string;
  /** Groups as they are written; null for one with letters. */
  readonly shapes: readonly (readonly number[])[];
  /** For one with letters; spaces and dashes are taken out before it is checked. */
  readonly pattern?: RegExp;
  /** Given digits, or digits and capital letters. */
  readonly isValid: (value: string) => boolean;
  readonly words: RegExp;
  /** Score without any of the words nearby, written in the usual groups; 0 where words are needed. */
  readonly alone: number;
  /** The same, written in one piece or oddly. */
  readonly aloneUngrouped: number;
}

export function findNationalId(id: NationalId): (read: ReadText) => Candidate[] {
  return ({ text, runs }) => {
    const numbers = shapesIn(text, runs, id.shapes).map((each) => ({ ...each, value: each.digits }));
    const mixed =
      id.pattern === undefined
        ? []
        : [...stretchesOf(id.pattern, text)].map(({ text: value, ...place }) => ({
            ...place,
            value: value.replaceAll(/[\s.\-/]/g, '').toUpperCase(),
            gaps: '-',
            usual: true,
          }));
    return [...numbers, ...mixed].flatMap(({ value, start, end, gaps, usual }): Candidate[] => {
      if (!id.isValid(value)) return [];
      const alone = gaps === '' || !usual ? id.aloneUngrouped : id.alone;
      const score = hasContext(text, { start, end }, id.words) ? 0.97 : alone;
      return score < 0.5 ? [] : [{ kind: 'nationalId', rule: id.rule, start, end, score }];
    });
  };
}
