import type { PersonalFinding } from '../../shared/model/privacy/personal-finding.ts';
import type { PersonalKind } from '../../shared/model/privacy/personal-kinds.ts';
import type { Expected, MadeText } from './made-texts.ts';

export interface Score {
  expected: number;
  found: number;
  reported: number;
  right: number;
}

/** More than a sign too many at either end is not the value any more. */
const tolerance = 2;

/**
 * By kind. Found: a finding of the kind covers all of the value. Right: a finding of the kind has a value under it, and
 * little else.
 */
export function measure(
  texts: readonly MadeText[],
  find: (text: string) => readonly PersonalFinding[],
  onMiss: (what: 'missed' | 'wrong', text: MadeText, place: Expected) => void = () => {},
): Map<PersonalKind, Score> {
  const scores = new Map<PersonalKind, Score>();
  const scoreOf = (kind: PersonalKind): Score => {
    const score = scores.get(kind) ?? { expected: 0, found: 0, reported: 0, right: 0 };
    scores.set(kind, score);
    return score;
  };
  for (const made of texts) {
    const findings = find(made.text);
    for (const place of made.expected) {
      const score = scoreOf(place.kind);
      score.expected += 1;
      if (findings.some(({ kind, start, end }) => kind === place.kind && start <= place.start && end >= place.end)) {
        score.found += 1;
      } else onMiss('missed', made, place);
    }
    for (const finding of findings) {
      const score = scoreOf(finding.kind);
      score.reported += 1;
      const fits = made.expected.some(
        ({ kind, start, end }) =>
          kind === finding.kind &&
          finding.start >= start - tolerance &&
          finding.end <= end + tolerance &&
          finding.end - finding.start >= (end - start) / 2,
      );
      if (fits) score.right += 1;
      else onMiss('wrong', made, finding);
    }
  }
  return scores;
}

export function total(scores: Iterable<Score>): Score {
  const sum: Score = { expected: 0, found: 0, reported: 0, right: 0 };
  for (const each of scores) {
    sum.expected += each.expected;
    sum.found += each.found;
    sum.reported += each.reported;
    sum.right += each.right;
  }
  return sum;
}
