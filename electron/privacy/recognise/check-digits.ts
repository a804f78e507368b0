/** ISO/IEC 7812-1, annex B: every second digit from the right doubled, the sum a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The rest of a long decimal number. */
export function remainder(digits: string, divisor: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor;
  return rest;
}

/** ISO 7064, MOD 97-10, as ISO 13616 uses it for an IBAN: the first four signs go to the end, letters count from 10. */
export function passesMod97(iban: string): boolean {
  const turned = `${iban.slice(4)}${iban.slice(0, 4)}`;
  return (
    remainder(
      turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

/** ISO 7064, MOD 11,10. */
export function passesMod11With10(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** Sum of digits, each times its weight. */
export function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** J. Verhoeff, Error Detecting Decimal Codes (1969): multiplication in the dihedral group D5 and a permutation. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let index = 0; index < digits.length; index += 1) {
    let digit = Number(digits[digits.length - 1 - index]);
    for (let turn = 0; turn < index % 8; turn += 1) digit = permuted[digit] ?? 0;
    check = inDihedralGroup(check, digit);
  }
  return check === 0;
}

const permuted = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Rotations are 0 to 4, reflections 5 to 9. */
function inDihedralGroup(first: number, second: number): number {
  if (first < 5) return second < 5 ? (first + second) % 5 : 5 + ((first + second - 5) % 5);
  return second < 5 ? 5 + ((first - 5 - second + 5) % 5) : (first - second + 5) % 5;
}

/** Whether there is such a day, no later than this century's end. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}
