const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';

const units = new Map<string, number>([
  ...small.split(' ').map((word, value) => [word, value] as const),
  ...tens.split(' ').map((word, index) => [word, (index + 2) * 10] as const),
]);
const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const scales = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);

const words = [...units.keys(), ...scales.keys(), 'and'].join('|');
const run = new RegExp(`\\b(?:${words})(?:[\\s-]+(?:${words}))*\\b`, 'gi');

export interface SpelledNumber {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Numbers written in English words: `two hundred and fifty`, `third`. */
export function englishNumbers(text: string): SpelledNumber[] {
  const found = [...text.matchAll(run)].flatMap(({ 0: match, index }) => {
    const value = englishValue(match.toLowerCase().split(/[\s-]+/));
    return value === undefined ? [] : [{ start: index, end: index + match.length, value }];
  });
  const ranked = [...text.matchAll(new RegExp(`\\b(?:${ordinals.join('|')})\\b`, 'gi'))].map(({ 0: match, index }) => ({
    start: index,
    end: index + match.length,
    value: ordinals.indexOf(match.toLowerCase()) + 1,
  }));
  return [...found, ...ranked];
}

function englishValue(parts: readonly string[]): number | undefined {
  let total = 0;
  let current = 0;
  let seen = false;
  for (const part of parts) {
    const unit = units.get(part);
    const scale = scales.get(part);
    if (unit !== undefined) current += unit;
    else if (scale === 100) current = Math.max(1, current) * scale;
    else if (scale !== undefined) {
      total += Math.max(1, current) * scale;
      current = 0;
    }
    seen ||= unit !== undefined || scale !== undefined;
  }
  return seen ? total + current : undefined;
}

const chineseDigits = new Map(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((forms, value) =>
    [...forms].map((form) => [form, value] as const),
  ),
);
const chineseScales = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1_000],
  ['仟', 1_000],
]);
const chineseRun = /[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]+/g;

/** Numbers in Chinese characters, everyday and financial ones: `二千四百`, `贰仟肆佰`, `二〇二六`. */
export function chineseNumbers(text: string): SpelledNumber[] {
  return [...text.matchAll(chineseRun)].flatMap(({ 0: match, index }) => {
    const value = chineseValue(match);
    return value === undefined ? [] : [{ start: index, end: index + match.length, value }];
  });
}

function chineseValue(text: string): number | undefined {
  const characters = [...text];
  if (characters.length > 1 && characters.every((each) => chineseDigits.has(each))) {
    return Number(characters.map((each) => chineseDigits.get(each)).join(''));
  }
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const each of characters) {
    const scale = chineseScales.get(each);
    if (each === '万' || each === '亿') {
      const before = section + (digit ?? 0);
      if (before === 0 && total === 0) return undefined;
      total = each === '亿' ? (total + before) * 100_000_000 : total + before * 10_000;
      section = 0;
      digit = undefined;
    } else if (scale !== undefined) {
      section += (digit ?? 1) * scale;
      digit = undefined;
    } else digit = chineseDigits.get(each);
  }
  return total + section + (digit ?? 0);
}
