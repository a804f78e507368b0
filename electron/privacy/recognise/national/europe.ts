import { passesMod11With10, remainder } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

/** Steuerliche Identifikationsnummer: MOD 11,10, and of the first ten digits one or two occur twice or three times. */
export const germanTaxId: NationalId = {
  rule: 'de-tax-id',
  shapes: [[11], [2, 3, 3, 3]],
  isValid(digits) {
    const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1);
    const repeated = counts.filter((count) => count > 1);
    return /^[1-9]/.test(digits) && repeated.length === 1 && (repeated[0] ?? 0) <= 3 && passesMod11With10(digits);
  },
  words: /steuer|identifikationsnummer|\bidnr\b|\btax id|\btin\b|税号/i,
  alone: 0.7,
  aloneUngrouped: 0,
};

/** Numéro d'inscription au répertoire: sex, year, month, place, order, and a key of 97 minus the rest. */
export const frenchSocialSecurity: NationalId = {
  rule: 'fr-nir',
  shapes: [[15], [1, 2, 2, 2, 3, 3, 2], [13, 2]],
  pattern: /(?<![A-Za-z0-9])[12][ ]?\d{2}[ ]?\d{2}[ ]?2[AB][ ]?\d{3}[ ]?\d{3}[ ]?\d{2}(?![A-Za-z0-9])/gi,
  isValid(value) {
    const digits = value.replace('2A', '19').replace('2B', '18');
    if (!/^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d{10}$/.test(digits)) return false;
    return 97 - remainder(digits.slice(0, 13), 97) === Number(digits.slice(13));
  },
  words: /sécurité sociale|securite sociale|\bnir\b|\binsee\b|numéro de sécu|social security/i,
  alone: 0.9,
  aloneUngrouped: 0.8,
};

const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Codice fiscale, after the decree of 23 December 1976: the last letter is the sum of the others modulo 26. */
export const italianTaxCode: NationalId = {
  rule: 'it-codice-fiscale',
  shapes: [],
  pattern:
    /(?<![A-Za-z0-9])[A-Z](?:[ ]?[A-Z]){5}[ ]?[\dL-NP-V][ ]?[\dL-NP-V][ ]?[A-EHLMPRST][ ]?[\dL-NP-V][ ]?[\dL-NP-V][ ]?[A-Z](?:[ ]?[\dL-NP-V]){3}[ ]?[A-Z](?![A-Za-z0-9])/gi,
  isValid(value) {
    const sum = [...value.slice(0, 15)].reduce((total, sign, index) => {
      const order = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
      return total + (index % 2 === 0 ? (oddValues[order] ?? 0) : order);
    }, 0);
    return String.fromCharCode(65 + (sum % 26)) === value[15];
  },
  words: /codice fiscale|\bc\.?f\.?\b|fiscal code|tax code/i,
  alone: 0.97,
  aloneUngrouped: 0.97,
};

/** DNI and NIE: the letter is the number modulo 23. */
export const spanishId: NationalId = {
  rule: 'es-dni-nie',
  shapes: [],
  pattern: /(?<![A-Za-z0-9])(?:[XYZ][ -]?\d(?:[ .]?\d){6}|\d(?:[ .]?\d){7})[ -]{0,2}[A-HJ-NP-TV-Z](?![A-Za-z0-9])/gi,
  isValid(value) {
    const digits = value.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === value.at(-1);
  },
  words: /\bdni\b|\bnie\b|\bnif\b|documento nacional|identity|\bid\b/i,
  alone: 0.85,
  aloneUngrouped: 0.85,
};
