import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';

const streets =
  'Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Boulevard|Blvd\\.?|Lane|Ln\\.?|Drive|Dr\\.?|Court|Ct\\.?|Square|Sq\\.?|Place|Pl\\.?|Terrace|Way|Close|Crescent|Gardens|Grove|Hill|Mews|Parade|Park|Parkway|Pkwy|Highway|Hwy|Row|Walk|Circle|Cir\\.?|Trail|Alley|Quay|Wharf|Loop|Green|Rise|Vale|View';
const unit = '(?:(?:Flat|Apt\\.?|Apartment|Unit|Suite|Ste\\.?|Room|Floor|#) ?[A-Za-z0-9-]{1,6},? )?';
const named = "(?:(?:St\\. )?(?:[A-Z0-9][A-Za-zÀ-ÿ0-9'’]{0,24}|of|the|la|de) ){1,5}";
const inside = `(?:,? (?:Flat|Apt\\.?|Apartment|Unit|Suite|Ste\\.?|Room|Floor|#) ?#?[A-Za-z0-9-]{1,6})?`;
const zip =
  '(?:[A-Z]{2},? \\d{5}(?:-\\d{4})?|\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z0-9]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|[A-Z]{2,3} \\d{4})';
const town = "[A-Z][A-Za-zÀ-ÿ'’.-]{1,24}(?: [A-Z][A-Za-zÀ-ÿ'’.-]{1,24}){0,2}";
/** `, Town, State 12345`, as much of it as is there. */
const place = `(?:,\\s{1,2}${town}(?:,? ${zip}|(?=[,.;\\n]|$)))?(?:,\\s{1,2}${town}(?:,? ${zip}|(?=[,.;\\n]|$)))?(?:,?\\s{1,2}${zip})?`;

const western: readonly (readonly [rule: string, pattern: RegExp, score: number])[] = [
  [
    'address-street',
    new RegExp(
      `(?<![A-Za-z0-9])${unit}\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4})?,? ${named}(?:${streets})(?![A-Za-z])${inside}${place}`,
      'g',
    ),
    0.85,
  ],
  ['address-box', new RegExp(`(?<![A-Za-z0-9])P\\.? ?O\\.? ?Box \\d{1,6}${place}`, 'gi'), 0.85],
  [
    'address-de',
    /(?<![A-Za-zÀ-ÿ])(?:[A-ZÄÖÜ][a-zäöüß]{1,24}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer)|[A-ZÄÖÜ][a-zäöüß]{2,24}(?:er)? (?:Straße|Strasse|Str\.|Weg|Platz|Allee|Ring|Damm|Ufer)) \d{1,4} ?[a-z]?(?![A-Za-z0-9])(?:,? (?:D-)?\d{5} [A-ZÄÖÜ][a-zäöüß]{2,24}(?: (?:am|an der|im) [A-Z][a-z]{2,12})?)?/g,
    0.85,
  ],
  [
    'address-fr',
    /(?<![A-Za-z0-9])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|allée|impasse|quai|chemin)(?: [A-Za-zÀ-ÿ'’-]{1,20}){1,5}(?:, ?\d{5} [A-ZÀ-Ý][A-Za-zÀ-ÿ-]{1,24})?/g,
    0.8,
  ],
];

const numerals = '0-9A-Za-z一二三四五六七八九十百甲乙丙丁';
const region = '[\\u4e00-\\u9fff]{2,8}?(?:省|自治区|特别行政区)';
const city = '[\\u4e00-\\u9fff]{2,7}?(?:市|自治州|地区|盟)';
const county = '[\\u4e00-\\u9fff]{1,7}?(?:区|县|旗|市)';
const town2 = '[\\u4e00-\\u9fff]{1,8}?(?:街道|镇|乡|村|社区|屯)';
const street =
  '[\\u4e00-\\u9fff0-9]{1,10}?(?:大道|大街|路|街|巷|胡同|弄|里|道|环)(?:[东西南北中]?[一二三四五六七八九十]?[段路])?';
const number = `[${numerals}]{1,6}(?:[-之][${numerals}]{1,4})?\\s?(?:号院|号楼|号|弄|幢|栋)`;
const inner = `(?:[\\u4e00-\\u9fff]{2,10}?(?:小区|花园|公寓|大厦|广场|苑|园|家园|新村|大楼|中心|城|府|庭))?(?:[${numerals}]{1,5}\\s?(?:号楼|幢|栋|座|楼|单元|层|室|号|房)){0,5}(?:[${numerals}]{1,5}室?(?![\\u4e00-\\u9fff0-9A-Za-z]))?`;
/** Characters of the sentence before, which a place does not begin with. */
const leading =
  /^(?:[^\n]{0,6}?(?:住在|居住在|居住于|住于|住址[是为]?|地址[是为]?|位于|寄到|寄往|寄至|送到|送至|搬到|搬至|住|在|于|到|至|为|是|从|往))/;

const chinese: readonly RegExp[] = [
  new RegExp(
    `(?:${region}\\s?)?(?:${city})\\s?(?:${county})?\\s?(?:${town2})?\\s?(?:${street})\\s?(?:${number})?${inner}`,
    'g',
  ),
  new RegExp(
    `(?:${region})\\s?(?:${city})?\\s?(?:${county})\\s?(?:${town2})\\s?(?:${street})?\\s?(?:${number})?${inner}`,
    'g',
  ),
  new RegExp(`(?:${county})?(?:${street})\\s?${number}${inner}`, 'g'),
];
const chineseMark = /[省市区县镇乡村路街巷弄道]/;
const houseNumber = new RegExp(`[${numerals}]{1,6}\\s?(?:号|弄|室|栋|幢|单元|楼|座)`);

export function findAddresses({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  for (const [rule, pattern, score] of western) {
    for (const { start, end } of stretchesOf(pattern, text)) found.push({ kind: 'address', rule, start, end, score });
  }
  if (!chineseMark.test(text)) return found;
  for (const pattern of chinese) {
    for (const { start, end, text: value } of stretchesOf(pattern, text)) {
      const skipped = leading.exec(value)?.[0].length ?? 0;
      const rest = value.slice(skipped);
      // A town by itself is no one's address.
      if (rest.length < 6 || !houseNumber.test(rest)) continue;
      found.push({
        kind: 'address',
        rule: 'address-cn',
        start: start + skipped,
        end,
        score: 0.85 + Math.min(rest.length, 40) / 1000,
      });
    }
  }
  return found;
}
