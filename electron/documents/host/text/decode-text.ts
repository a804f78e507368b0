import { frequentKorean, frequentSimplified, frequentTraditional } from './frequent-characters.ts';

export interface DecodedText {
  readonly text: string;
  /** As `TextDecoder` names it. */
  readonly encoding: string;
  /** Whether the bytes leave no doubt, or the text reads like a language. */
  readonly sure: boolean;
}

/** Enough to tell; the rest is decoded the same way. */
const sampleBytes = 64 * 1024;

/** Decodes text of unknown encoding; line breaks become `\n`. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const { encoding, sure } = detectEncoding(bytes);
  const text = decodeAs(bytes, encoding);
  // The end of a file is often cut, what is in the middle is not.
  const broken = text.slice(0, -2).includes('\uFFFD') && !isIn('\uFFFD', bytes, encoding);
  return { text: text.replaceAll(/\r\n?/g, '\n'), encoding, sure: sure && !broken };
}

/** @throws RangeError for an encoding that nobody knows */
function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(bytes, encoding === 'utf-32le');
  return new TextDecoder(encoding).decode(bytes);
}

function detectEncoding(bytes: Uint8Array): { encoding: string; sure: boolean } {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) return { encoding: mark, sure: true };
  const sample = bytes.subarray(0, sampleBytes);
  const wide = zeroBytePattern(sample);
  if (wide !== undefined) return { encoding: wide, sure: true };
  if (isUtf8(bytes)) return { encoding: 'utf-8', sure: true };
  return mostPlausible(sample);
}

function byteOrderMark([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return undefined;
}

/** Half of the bytes of western text in UTF-16 are zero; in other scripts still those of spaces and line breaks. */
function zeroBytePattern(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    if (bytes[index] === 0) even += 1;
    if (bytes[index + 1] === 0) odd += 1;
  }
  const few = bytes.length / 200;
  const [encoding, most, least] = odd > even ? (['utf-16le', odd, even] as const) : (['utf-16be', even, odd] as const);
  if (most <= few || least * 4 > most) return undefined;
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytes.length & ~1));
  const odds = text.match(/[\p{Cn}\p{Co}\p{Cs}\uFFFD]|[^\P{Cc}\t\r\n\f]/gu)?.length ?? 0;
  return odds * 50 <= text.length ? encoding : undefined;
}

/** A character that is cut by the end of the file is no reason to doubt. */
function isUtf8(bytes: Uint8Array): boolean {
  let end = bytes.length;
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (length > back) end = bytes.length - back;
      break;
    }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end));
    return end > 0;
  } catch {
    return false;
  }
}

/** How much of the text beyond ASCII reads like what people write in this encoding, from 0 to 1. */
type Judge = (characters: readonly string[], text: string) => number;

const share = (characters: readonly string[], weight: (character: string) => number): number =>
  characters.reduce((sum, character) => sum + weight(character), 0) / characters.length;

const judges: Readonly<Record<string, Judge>> = {
  gb18030: (characters) => share(characters, (one) => (frequentSimplified.has(one) ? 1 : 0)),
  big5: (characters) => share(characters, (one) => (frequentTraditional.has(one) ? 1 : 0)),
  shift_jis: japanese,
  'euc-jp': japanese,
  'euc-kr': (characters) => share(characters, (one) => (frequentKorean.has(one) ? 1 : /[가-힣]/.test(one) ? 0.25 : 0)),
  'windows-1252': (_, text) => {
    const all = text.match(/[\u0080-\uFFFF]/g)?.length ?? 0;
    const fitting = text.match(
      /(?<=[a-z])[ß-öø-ÿœšž]|[ß-öø-ÿœšž](?=[a-z])|[À-ÖØ-Þ](?=[a-zA-Z])|[“”‘’„–—…•€£°§©®«»·½¼¾±×¿¡ªº\u00A0]|\b[àèéêôüýóúí]\b/g,
    );
    return all === 0 ? 0 : (0.8 * (fitting?.length ?? 0)) / all;
  },
  'windows-1251': (_, text) => {
    const all = text.match(/[\u0080-\uFFFF]/g)?.length ?? 0;
    const fitting = text.match(/[а-яё](?=[а-яё])|(?<=[А-Яа-яё])[а-яё]|[№«»—–]/g);
    return all === 0 ? 0 : (fitting?.length ?? 0) / all;
  },
};

function japanese(characters: readonly string[]): number {
  return share(characters, (one) => {
    if (/[ぁ-んァ-ヴー、。「」]/.test(one)) return 1;
    return frequentTraditional.has(one) || frequentSimplified.has(one) ? 0.6 : 0;
  });
}

/** Less than this reads like nothing; more than this by chance is unheard of. */
const plausibleShare = 0.25;

function mostPlausible(bytes: Uint8Array): { encoding: string; sure: boolean } {
  let best = { encoding: 'windows-1252', score: 0 };
  for (const [encoding, judge] of Object.entries(judges)) {
    const text = new TextDecoder(encoding).decode(bytes);
    const characters = [...text].filter((one) => one > '\u007F');
    if (characters.length === 0) continue;
    const wrong = characters.filter((one) => one === '\uFFFD' || /[\u0080-\u009F\p{Co}\p{Cn}]/u.test(one)).length;
    const score = judge(characters, text) - (3 * wrong) / characters.length;
    if (score > best.score) best = { encoding, score };
  }
  return { encoding: best.encoding, sure: best.score >= plausibleShare };
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let offset = 4; offset + 4 <= bytes.length; offset += 4) {
    const code = view.getUint32(offset, littleEndian);
    text += code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\uFFFD' : String.fromCodePoint(code);
  }
  return text;
}

/** Whether the replacement character itself was written into the file. */
function isIn(character: string, bytes: Uint8Array, encoding: string): boolean {
  return encoding === 'utf-8' && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(character);
}
