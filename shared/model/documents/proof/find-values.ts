import { chineseNumbers, englishNumbers } from './number-words.ts';

/** A number, a date or a time of day within a text. */
export interface TextValue {
  readonly start: number;
  readonly end: number;
  /** What it may mean, the same for all ways of writing it: `#1250`, `@08-04`, `@2026-08`, `@2026-08-04`, `~1380`. */
  readonly meanings: readonly string[];
  readonly kind: 'number' | 'date' | 'time';
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const year = '(?:19|20)\\d{2}';

interface DateForm {
  readonly pattern: RegExp;
  readonly read: (groups: readonly (string | undefined)[]) => readonly DateParts[];
}
interface DateParts {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day?: number | undefined;
}

const dateForms: readonly DateForm[] = [
  {
    pattern: /(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?/g,
    read: ([y, m, d]) => [parts(y, m, d)],
  },
  { pattern: /(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, read: ([m, d]) => [parts(undefined, m, d)] },
  {
    pattern: new RegExp(`(?<!\\d)(${year})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)`, 'g'),
    read: ([y, m, d]) => [parts(y, m, d)],
  },
  {
    // Nobody can tell which of the two is the month.
    pattern: new RegExp(`(?<!\\d)(\\d{1,2})[-/.](\\d{1,2})[-/.](${year})(?!\\d)`, 'g'),
    read: ([a, b, y]) => [parts(y, a, b), parts(y, b, a)],
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+(${monthName})(?:,?\\s+(${year}))?(?![\\w])`,
      'gi',
    ),
    read: ([d, m, y]) => [parts(y, monthOf(m), d)],
  },
  {
    pattern: new RegExp(`\\b(${monthName})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+(${year}))?(?![\\w])`, 'gi'),
    read: ([m, d, y]) => [parts(y, monthOf(m), d)],
  },
  {
    pattern: new RegExp(`\\b(${monthName}),?\\s+(${year})(?!\\d)`, 'gi'),
    read: ([m, y]) => [parts(y, monthOf(m), undefined)],
  },
];

function parts(y: string | undefined, m: string | undefined, d: string | undefined): DateParts {
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  return { year: number(y), month: number(m) ?? 0, day: number(d) };
}

function monthOf(name: string | undefined): string {
  return String(months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

/** A date that names more also means what a shorter one would say; so a source with the year bears out one without it. */
function dateMeanings(dates: readonly DateParts[], wide: boolean): string[] {
  return dates.flatMap(({ year: y, month: m, day: d }) => {
    if (m < 1 || m > 12 || (d !== undefined && (d < 1 || d > 31))) return [];
    const two = (value: number): string => String(value).padStart(2, '0');
    const day = d === undefined ? '' : `-${two(d)}`;
    const full = y === undefined ? `@${two(m)}${day}` : `@${y}-${two(m)}${day}`;
    const anyYear = y === undefined ? [`?${two(m)}${day}`] : [];
    const shorter = [
      ...(d === undefined ? [] : [`@${two(m)}${day}`]),
      ...(y === undefined ? [] : [`@${y}-${two(m)}`, `#${y}`]),
    ];
    return wide ? [full, ...anyYear, ...shorter] : [full];
  });
}

const timePattern =
  /(?<![\d:])(\d{1,2})(?::(\d{2})(?::\d{2})?\s*([ap]\.?m\b)?|\s*([ap]\.?m\b))|(\d{1,2})\s*[点时](?:\s*(\d{1,2})\s*分)?/gi;
const numberPattern =
  /(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}_]|\p{N}[.,'’])[-−]?(\p{Nd}{1,3}(?:[ ,.'’\u00a0\u202f]\p{Nd}{3})+(?:[.,]\p{Nd}+)?|\p{Nd}+(?:[.,]\p{Nd}+)?)/gu;
const scalePattern = /^\s*(thousand|million|billion|bn|mio|k(?![\p{L}])|m(?=[\s,.;)]|$)|百万|千万|百|千|万|亿)/iu;
/** Letters that may stand right behind a number; with others it is part of a name. */
const unitPattern = /^(?:st|nd|rd|th|k|m|km|kg|g|mg|l|ml|cm|mm|h|min|s|px|gb|mb|w|kw|kwh|v|a|bn|mio|€)\b/iu;
const scaleValues = new Map<string, number>([
  ['thousand', 1e3],
  ['k', 1e3],
  ['million', 1e6],
  ['mio', 1e6],
  ['billion', 1e9],
  ['bn', 1e9],
  ['百', 1e2],
  ['千', 1e3],
  ['万', 1e4],
  ['百万', 1e6],
  ['千万', 1e7],
  ['亿', 1e8],
]);

/** In digits only. Dates come first: their numbers are not told again. */
export function findValues(text: string): TextValue[] {
  return collect(text, false);
}

/** Everything that a text says in numbers, in digits or words, in every way it can be taken. */
export function meaningsOf(text: string): Set<string> {
  const values = collect(text, true).flatMap(({ meanings }) => meanings);
  const spelled = [...englishNumbers(text), ...chineseNumbers(text)].map(({ value }) => `#${value}`);
  // The parts of a date, a version or a number of a paragraph may be spoken of on their own.
  const digits = [...text.normalize('NFKC').matchAll(/(?<!\d[.,]?)\d+(?!\d*[.,]\d)/g)].map(
    ([run]) => `#${Number(run)}`,
  );
  return new Set([...values, ...spelled, ...digits]);
}

/** Whether one of the ways to take a value is among those of a text. A date there without its year may be of any. */
export function isAmong({ meanings }: TextValue, known: ReadonlySet<string>): boolean {
  return meanings.some((meaning) => known.has(meaning) || known.has(meaning.replace(/^@\d{4}-/, '?')));
}

function collect(original: string, wide: boolean): TextValue[] {
  // The same length, so that places stay.
  const text = original.replaceAll(/[０-９：，．]/g, (each) => each.normalize('NFKC'));
  const values: TextValue[] = [];
  const isFree = (start: number, end: number): boolean =>
    wide || !values.some((value) => start < value.end && end > value.start);
  for (const { pattern, read } of dateForms) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const meanings = dateMeanings(read(match.slice(1)), wide);
      if (meanings.length > 0 && isFree(start, end)) values.push({ start, end, meanings, kind: 'date' });
    }
  }
  for (const match of text.matchAll(timePattern)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const meanings = timeMeanings(match, wide);
    if (meanings.length > 0 && isFree(start, end)) values.push({ start, end, meanings, kind: 'time' });
  }
  for (const match of text.matchAll(numberPattern)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const written = match[1] ?? '';
    const after = text.slice(end);
    if (!isFree(start, end) || (/^[\p{Script=Latin}_]/u.test(after) && !unitPattern.test(after))) continue;
    const scale = scaleValues.get((scalePattern.exec(after)?.[1] ?? '').toLowerCase());
    const plain = readings(written);
    const scaled = scale === undefined ? [] : plain.map((value) => Number((value * scale).toPrecision(12)));
    const meanings = [...new Set([...scaled, ...(wide || scaled.length === 0 ? plain : [])])].map(
      (value) => `#${value}`,
    );
    values.push({ start, end, meanings, kind: 'number' });
  }
  return values.toSorted((a, b) => a.start - b.start);
}

function timeMeanings(match: RegExpExecArray, wide: boolean): string[] {
  const [, hour, minute, halfLong, halfShort, chineseHour, chineseMinute] = match;
  const h = Number(hour ?? chineseHour);
  const m = Number(minute ?? chineseMinute ?? 0);
  if (h > 24 || m > 59) return [];
  const half = (halfLong ?? halfShort ?? '').toLowerCase()[0];
  if (half !== undefined && h > 12) return [];
  const of = (hours: number): string => `~${(hours % 24) * 60 + m}`;
  if (half === 'p') return [of((h % 12) + 12)];
  if (half === 'a') return [of(h % 12)];
  // Nobody says whether `7:30` is in the morning; a source may mean either.
  return wide || chineseHour !== undefined ? [of(h), of(h + 12)] : [of(h)];
}

/** What the signs inside a number mean differs from country to country: `1.250` is both. */
function readings(written: string): number[] {
  const text = written.normalize('NFKC').replaceAll(/[ '’\u00a0\u202f]/g, '');
  const marks = text.match(/[.,]/g) ?? [];
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (marks.length === 0) return [Number(text)];
  const decimal = Number(`${text.slice(0, last).replaceAll(/[.,]/g, '')}.${text.slice(last + 1)}`);
  const whole = Number(text.replaceAll(/[.,]/g, ''));
  if (marks.length > 1) return marks.every((mark) => mark === marks[0]) ? [whole] : [decimal];
  return text.length - last - 1 === 3 ? [whole, decimal] : [decimal];
}
