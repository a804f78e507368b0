import { passesVerhoeff, weigh } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

/** Social Security Number; its areas, groups and serials that were never given out are left out. */
export const usSocialSecurity: NationalId = {
  rule: 'us-ssn',
  shapes: [[3, 2, 4], [9]],
  isValid: (digits) =>
    !/^(?:000|666|9)|^...00|0000$|^(\d)\1+$/.test(digits) && digits !== '123456789' && digits !== '078051120',
  words: /\bssn\b|social security|\bss ?#|社会安全号|社安号/i,
  alone: 0.7,
  aloneUngrouped: 0,
};

/** National Insurance number, after HMRC's manual NIM39110. */
export const ukNationalInsurance: NationalId = {
  rule: 'gb-nino',
  shapes: [],
  pattern:
    /(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][ ]?[A-CEGHJ-NPR-TW-Z][ -]?\d[ ]?\d[ -]?\d[ ]?\d[ -]?\d[ ]?\d[ -]?[A-D](?![A-Za-z0-9])/gi,
  isValid: (value) => !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(value),
  words: /national insurance|\bnino?\b|\bni (?:no|number)/i,
  alone: 0.85,
  aloneUngrouped: 0.85,
};

/** NHS number: a check digit modulo 11. Phone numbers are written alike, so words are needed. */
export const ukHealth: NationalId = {
  rule: 'gb-nhs',
  shapes: [[3, 3, 4], [10]],
  isValid(digits) {
    const check = (11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    return check === Number(digits[9]) && !/^(\d)\1+$/.test(digits);
  },
  words: /\bnhs\b|national health/i,
  alone: 0,
  aloneUngrouped: 0,
};

/** Aadhaar: twelve digits, the last after Verhoeff. */
export const indianAadhaar: NationalId = {
  rule: 'in-aadhaar',
  shapes: [[4, 4, 4], [12]],
  isValid: (digits) => /^[2-9]/.test(digits) && passesVerhoeff(digits) && !/^(\d)\1+$/.test(digits),
  words: /aadhaa?r|uidai|\buid\b|आधार/i,
  alone: 0.6,
  aloneUngrouped: 0,
};
