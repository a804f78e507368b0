import { weigh } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

/** Cadastro de Pessoas Físicas: two check digits modulo 11. */
export const brazilianCpf: NationalId = {
  rule: 'br-cpf',
  shapes: [[3, 3, 3, 2], [9, 2], [11]],
  isValid(digits) {
    const check = (length: number): number => {
      const rest = weigh(
        digits,
        Array.from({ length }, (_, index) => length + 1 - index),
      );
      return ((rest * 10) % 11) % 10;
    };
    return !/^(\d)\1+$/.test(digits) && check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
  },
  words: /\bcpf\b|cadastro de pessoas/i,
  alone: 0.9,
  aloneUngrouped: 0,
};
