import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';

const patterns: readonly RegExp[] = [
  /(?:\bMRN\b|medical record|health record|patient (?:id|no|number)\b|hospital (?:no|number)\b|chart (?:no|number)\b|病历号?|病案号?|住院号?|门诊号?|就诊卡号?|患者编号|医保号|社保号)(?: (?:number|no|id))?\.?\s{0,2}(?:is|of|为|是)?\s{0,2}[:：#]?\s{0,2}#?(?<value>[A-Za-z]{0,4}[ -]?\d[\d\- ]{3,16}\d(?:-?[A-Za-z])?)(?![A-Za-z0-9])/dgi,
];

/** Hospitals number as they like: only words tell. */
export function findMedicalRecords({ text }: ReadText): Candidate[] {
  return patterns.flatMap((pattern) =>
    [...stretchesOf(pattern, text)].map(({ start, end }) => ({
      kind: 'medicalRecord',
      rule: 'medical-record',
      start,
      end,
      score: 0.92,
    })),
  );
}
