/** A text as the recognisers read it, and the way back to the text as it stands. */
export interface NormalText {
  readonly text: string;
  /** Where a stretch of `text` stands in the original; hidden characters inside it belong to it. */
  originalOf(start: number, end: number): { readonly start: number; readonly end: number };
}

/** Letters of other scripts that look like Latin ones, after Unicode Technical Standard 39 (confusables). */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  pairs('аɑα:a вβ:B с:c ԁ:d еҽ:e һ:h іı:i ј:j ӏ:l м:m оοσ:o рρ:p ԛ:q ѕ:s υ:u ѵν:v ԝ:w хχ:x уγ:y').concat(
    pairs('АΑ:A ВΒ:B С:C ЕΕ:E НΗ:H ІΙ:I Ј:J КΚ:K МΜ:M Ν:N ОΟ:O РΡ:P Ѕ:S ТΤ:T ХΧ:X УΥ:Y Ζ:Z'),
  ),
);

function pairs(list: string): [string, string][] {
  return list.split(' ').flatMap((entry) => {
    const [from = '', to = ''] = entry.split(':');
    return [...from].map((letter): [string, string] => [letter, to]);
  });
}

// Zero width, soft hyphen, directions, variation selectors, fillers. Nobody sees them.
const hiddenRanges: readonly (readonly [from: number, to: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe01ef],
];
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63]/;
const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
/** Where everything stands for itself. */
const plain = /^[\n\r\t -~]*$/;
const oddSigns = /[^\n\r\t -~\u3001\u3002\u4e00-\u9fff]+/g;
const wordSign = /[A-Za-z0-9]/;

/**
 * Undoes what hides a number or a name from a pattern: full-width and mathematical letters and digits (NFKC), digits of
 * other scripts, odd spaces and dashes, characters nobody sees, and letters of other scripts inside Latin words.
 */
export function normalise(original: string): NormalText {
  if (plain.test(original)) return { text: original, originalOf: (start, end) => ({ start, end }) };
  let room = new Uint32Array(original.length * 2 + 16);
  let pieces = '';
  let length = 0;
  let at = 0;
  const copy = (end: number): void => {
    pieces += original.slice(at, end);
    grow(end - at);
    for (let from = at; from < end; from += 1) room[length++] = from;
    at = end;
  };
  const grow = (more: number): void => {
    if (length + more <= room.length) return;
    const larger = new Uint32Array((length + more) * 2);
    larger.set(room);
    room = larger;
  };
  const put = (text: string): void => {
    pieces += text;
    grow(text.length);
    for (let index = 0; index < text.length; index += 1) room[length + index] = at;
    length += text.length;
  };
  // Most of any text stands for itself; only the signs between such stretches are looked at one by one.
  for (const { index, 0: odd } of original.matchAll(oddSigns)) {
    if (index > at) copy(index);
    for (const sign of odd) {
      put(plainSign(sign));
      at += sign.length;
    }
  }
  if (original.length > at) copy(original.length);
  const text = withLatinLetters(pieces);
  const places = room;
  return {
    text,
    originalOf(start, end) {
      const last = places[end - 1] ?? 0;
      const next = end < text.length ? (places[end] ?? 0) : original.length;
      const size = (original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
      return { start: places[start] ?? original.length, end: Math.max(next, last + size) };
    },
  };
}

function plainSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)) return sign;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (hiddenRanges.some(([from, to]) => code >= from && code <= to)) return '';
  if (spaces.test(sign)) return ' ';
  if (dashes.test(sign)) return '-';
  // Joining may change the length; the quotes and dots of running text stay as they are.
  if (/\p{Nd}/u.test(sign)) return digitOf(sign, code);
  if ((code >= 0x2460 && code <= 0x24ff) || code >= 0x1d400) return sign.normalize('NFKC');
  return sign;
}

/** Digits of every script lie in tens. */
function digitOf(sign: string, code: number): string {
  const composed = sign.normalize('NFKC');
  if (/^[0-9]$/.test(composed)) return composed;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero > 9 ? sign : String(code - zero);
}

const foreignLetter = /[\u0131\u0251\u0370-\u052f]/;
const foreignLetters = /[\u0131\u0251\u0370-\u052f]/g;

/** Words wholly in another script are words; Latin ones with single letters of another are disguised. */
function withLatinLetters(text: string): string {
  if (!foreignLetter.test(text)) return text;
  return text.replaceAll(/[^\s\u3000-\u9fff]{1,200}/g, (word) =>
    wordSign.test(word) && foreignLetter.test(word)
      ? word.replaceAll(foreignLetters, (letter) => lookAlikes.get(letter) ?? letter)
      : word,
  );
}
