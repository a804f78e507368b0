import type { Random } from './random.ts';

/** Ways in which a value is written so that a simple pattern misses it; a person reads it still. */
export function disguise(random: Random, value: string): string {
  const wide = (text: string): string =>
    text.replaceAll(/[0-9A-Za-z@.]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
  const hidden = (text: string): string =>
    [...text]
      .map((sign, place) =>
        place % 3 === 1 ? `${sign}${random.pick(['\u200b', '\u200d', '\u2060', '\u00ad'])}` : sign,
      )
      .join('');
  const foreign = (text: string): string =>
    text.replaceAll(/[aeoc]/g, (sign) => ({ a: 'а', e: 'е', o: 'о', c: 'с' })[sign] ?? sign);
  const dashes = (text: string): string => text.replaceAll('-', random.pick(['‐', '–', '−'])).replaceAll(' ', '\u00a0');
  const bold = (text: string): string => text.replaceAll(/\d/g, (sign) => String.fromCodePoint(0x1d7ce + Number(sign)));
  return random.pick([wide, hidden, foreign, dashes, bold])(value);
}

/** Digits of a long number with spaces between all of them. */
export const apart = (digits: string): string => [...digits.replaceAll(/\D/g, '')].join(' ');
