import { hasContext, stretchesOf, type Candidate, type ReadText } from './candidate.ts';

const words =
  /phone|tel(?:ephone)?\b|mobile|cell|call|text(?:ed)? (?:me|her|him|us)|fax|whatsapp|dial|ring|sms|hotline|reach(?:ed)? (?:me|her|him|us|at|on)|contact|handy|(?:tel|ph|m)[.:]|电话|手机|联系方式|致电|拨打|来电|微信|传真|座机|热线|短信/i;
/** Numbers of other things; they are weighed against a number without a plus and without words. */
const otherThings =
  /order|invoice|ref(?:erence)?|serial|part|sku|isbn|version|tracking|ticket|case|item|batch|lot|account|model|订单|发票|编号|单号|型号|序列|批次|货号|条码|流水|合同号|版本/i;

interface PhoneRule {
  readonly rule: string;
  readonly pattern: RegExp;
  /** Without words nearby; 0 where words are needed. */
  readonly alone: number;
}

const gap = '[ \\-./·]{1,3}';
const edge = '(?<![A-Za-z0-9_.\\-/+#$])';
const end = '(?![A-Za-z0-9_]|[-./]\\d)';
const rule = (name: string, pattern: string, alone: number): PhoneRule => ({
  rule: name,
  pattern: new RegExp(`${edge}${pattern}${end}`, 'g'),
  alone,
});

/** Numbering plans of the ITU's E.164 and its members, as far as their shape tells them from other numbers. */
const rules: readonly PhoneRule[] = [
  rule('phone-international', `\\+[ ]?[1-9](?:[ \\-./()·]{0,3}\\d){6,14}`, 0.9),
  rule('phone-00', `00[ ]?[1-9]\\d{0,2}(?:[ \\-./()]{0,3}\\d){7,12}`, 0),
  rule('phone-cn-mobile', `(?:\\(?\\+?86\\)?[ -]?)?1[ ]?[3-9](?:[ \\-·]{0,2}\\d){9}`, 0.7),
  rule('phone-cn-landline', `\\(?0\\d{2,3}(?:\\)|[ -]{1,2}|\\)-)[2-9]\\d{2,3}[ -]?\\d{4}(?:-\\d{1,5})?`, 0.6),
  rule('phone-cn-400', `[48]00${gap}\\d{3}${gap}\\d{4}`, 0.6),
  rule('phone-us', `(?:1[ .-])?\\([2-9]\\d{2}\\)[ -]?[2-9]\\d{2}[ .-]\\d{4}(?: ?(?:x|ext\\.?) ?\\d{1,5})?`, 0.85),
  rule('phone-us', `(?:1[ .-])?[2-9]\\d{2}([-.])[2-9]\\d{2}\\1\\d{4}`, 0.6),
  rule('phone-gb', `\\(?0(?:7\\d{3}|1\\d{2,4}|2\\d|3\\d{2}|800)\\)?[ -]\\d{3,4}[ -]?\\d{3,4}`, 0.6),
  rule('phone-fr', `0[1-9](?:[ .-]\\d{2}){4}`, 0.7),
  rule('phone-de', `\\(?0[1-9]\\d{1,4}\\)?[ /-]{1,3}\\d{3,8}(?:[ -]\\d{1,5})?`, 0),
  rule('phone-in', `[6-9]\\d{4}[ -]\\d{5}`, 0),
  rule('phone-local', `\\(?\\d(?:[ \\-./()]{0,2}\\d){6,12}`, 0),
];

export function findPhones({ text }: ReadText): Candidate[] {
  return rules.flatMap(({ rule: name, pattern, alone }) => {
    const found: Candidate[] = [];
    for (const { start, end: behind, text: number } of stretchesOf(pattern, text)) {
      const digits = number.replaceAll(/\D/g, '');
      if (/^(\d)\1+$/.test(digits) || isDate(number) || isAddress(number)) continue;
      const before = clauseBefore(text, start);
      const called = hasContext(before, { start: before.length, end: before.length }, words);
      const other = otherThings.test(before.slice(-18));
      if (other && !called) continue;
      const score = called ? 0.9 : alone;
      // Nearer words win: a number of an order stays one in a sentence about a call.
      if (other && lastIndexOf(before, otherThings) > lastIndexOf(before, words)) continue;
      if (score >= 0.5) found.push({ kind: 'phone', rule: name, start, end: behind, score });
    }
    return found;
  });
}

/** What is said of the number, as far as the clause goes. */
function clauseBefore(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - 40), start);
  let cut = 0;
  for (const stop of before.matchAll(/[。；;\n]|[.!?] /g)) {
    if (!/\b(?:tel|ph|no|m)$/i.test(before.slice(0, stop.index))) cut = stop.index + 1;
  }
  return before.slice(cut);
}

function isAddress(number: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(number);
}

function isDate(number: string): boolean {
  return /^(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}$|^\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}$|^(?:19|20)\d{2}[- ]+(?:19|20)\d{2}$/.test(
    number,
  );
}

function lastIndexOf(text: string, pattern: RegExp): number {
  let last = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, 'gi'))) last = match.index;
  return last;
}
