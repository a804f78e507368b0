import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';

const v4 = /(?<![\w.-])\d{1,3}(?:\s?\.\s?\d{1,3}){3}(?![\w]|\.\d|-\d)/g;
/** Loosely; what is one is decided by reading it. */
const v6 = /(?<![\w:.])[0-9A-Fa-f:]{3,39}(?:\.\d{1,3}){0,3}(?![\w:])/g;
const mac =
  /(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])|(?<![\w.])[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}(?![\w.])/g;
const versions =
  /(?:version|ver\.?|release|build|firmware|driver|section|clause|\bv|版本|版|固件|章节|条)\s*(?:no\.?\s*)?[:：]?\s*$/i;

export function findIpAddresses({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  for (const { start, end, text: address } of stretchesOf(v4, text)) {
    const parts = address.split('.').map((part) => part.trim());
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) continue;
    if (versions.test(text.slice(Math.max(0, start - 20), start))) continue;
    found.push({ kind: 'ipAddress', rule: 'ipv4', start, end, score: 0.92 });
  }
  for (const { start, end, text: address } of stretchesOf(v6, text)) {
    if (isV6(address)) found.push({ kind: 'ipAddress', rule: 'ipv6', start, end, score: 0.9 });
  }
  return found;
}

/** RFC 4291, section 2.2, without an embedded IPv4 address. */
function isV6(address: string): boolean {
  const halves = address.split('::');
  if (halves.length > 2 || address.includes(':::')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  // `a::b` and `12::` are more often something else.
  return halves.length === 2 ? groups.length >= 3 && groups.length <= 7 : groups.length === 8;
}

export function findMacAddresses({ text }: ReadText): Candidate[] {
  return [...stretchesOf(mac, text)].map(({ start, end }) => ({
    kind: 'macAddress',
    rule: 'mac',
    start,
    end,
    score: 0.95,
  }));
}
