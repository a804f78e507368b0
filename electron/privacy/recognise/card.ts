import { hasContext, type Candidate, type ReadText } from './candidate.ts';
import { passesLuhn } from './check-digits.ts';
import { shapesIn } from './number-runs.ts';

const shapes = [[16], [4, 4, 4, 4], [15], [4, 6, 5], [14], [4, 6, 4], [19], [4, 4, 4, 4, 3], [6, 13], [13]];
/** Beginnings and lengths of the large networks, as they publish them. */
const networks: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|36|3[89])/, [14]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6)/, [16, 19]],
];
const words =
  /card|visa|master|amex|american express|credit|debit|union ?pay|pay(?:ment|ing)?|charge|卡号|银行卡|信用卡|储蓄卡|借记卡|卡/i;

export function findCards({ text, runs }: ReadText): Candidate[] {
  return shapesIn(text, runs, shapes).flatMap(({ digits, start, end, gaps }) => {
    if (/^(\d)\1+$/.test(digits) || !passesLuhn(digits)) return [];
    if (!networks.some(([beginning, lengths]) => beginning.test(digits) && lengths.includes(digits.length))) return [];
    const near = hasContext(text, { start, end }, words);
    // One number in ten passes the check, so a rare length or an odd gap needs words as well.
    const usual = (digits.length === 16 || digits.length === 15) && /^[ -]*$/.test(gaps);
    if (!near && !usual) return [];
    return [{ kind: 'card', rule: 'card-luhn', start, end, score: near ? 0.98 : 0.8 }];
  });
}
