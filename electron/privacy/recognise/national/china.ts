import { isDay, weigh } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

/** GB 11643-1999: place, birthday, sequence, and a check sign after ISO 7064 MOD 11-2. */
export const chineseResidentId: NationalId = {
  rule: 'cn-resident-id',
  shapes: [[15]],
  pattern: /(?<![A-Za-z0-9])[1-9](?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx](?![A-Za-z0-9])/g,
  isValid(value) {
    const day = value.length === 15 ? `19${value.slice(6, 12)}` : value.slice(6, 14);
    if (!/^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/.test(value)) return false;
    if (!isDay(Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6)))) return false;
    if (value.length === 15) return true;
    const sum = weigh(value, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    return '10X98765432'[sum % 11] === value[17];
  },
  words: /身份证|居民证|证件|公民身份|resident id|identity card|\bid (?:card|no|number)/i,
  alone: 0.95,
  aloneUngrouped: 0,
};
