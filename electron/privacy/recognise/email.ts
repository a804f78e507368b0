import type { Candidate, ReadText } from './candidate.ts';

const localSign = /[A-Za-z0-9._%+\-']/;
const atSign = /@|[ ]?[([{]\s?(?:at|AT)\s?[)\]}][ ]?| (?:at|AT) (?=[a-z0-9-]{1,40}(?: dot | \. |\.))/g;
const domain = /^\s?(?:[A-Za-z0-9-]{1,63}(?:\.| \. | ?[([]\s?dot\s?[)\]] ?| dot )){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])/i;
/** Longest part before the sign, after RFC 5321, section 4.5.3.1. */
const mostLocal = 64;

/** Read outwards from the sign in the middle, which is rare, instead of from every word. */
export function findEmails({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  for (const sign of text.matchAll(atSign)) {
    const behind = sign.index + sign[0].length;
    const host = domain.exec(text.slice(behind, behind + 200))?.[0];
    if (host === undefined) continue;
    let before = sign.index;
    if (text[before - 1] === ' ' && localSign.test(text[before - 2] ?? '') && sign[0] === '@') before -= 1;
    let start = before;
    while (start > 0 && before - start < mostLocal && localSign.test(text[start - 1] ?? '')) start -= 1;
    while (start < before && /[.'-]/.test(text[start] ?? '')) start += 1;
    if (start === before) continue;
    const spelledOut = sign[0] !== '@' || /\s/.test(host);
    found.push({
      kind: 'email',
      rule: 'email',
      start,
      end: behind + host.length,
      score: spelledOut ? 0.8 : 0.98,
    });
  }
  return found;
}
