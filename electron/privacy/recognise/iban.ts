import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';
import { passesMod97 } from './check-digits.ts';

/** Lengths from the registry of ISO 13616. */
const lengths: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 ' +
    'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 ' +
    'MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 ' +
    'SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const beginning = /(?<![A-Za-z0-9])[A-Za-z][ -]?[A-Za-z][ -]{0,2}\d[ -]?\d/g;

export function findIbans({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  for (const { start } of stretchesOf(beginning, text)) {
    const wanted = lengths.get(
      text
        .slice(start, start + 3)
        .replaceAll(/[ -]/g, '')
        .slice(0, 2)
        .toUpperCase(),
    );
    if (wanted === undefined) continue;
    let signs = '';
    let at = start;
    let gap = 0;
    for (; at < text.length && signs.length < wanted; at += 1) {
      const sign = text[at] ?? '';
      if (/[A-Za-z0-9]/.test(sign)) {
        signs += sign;
        gap = 0;
      } else if (/[ -]/.test(sign) && gap < 2) gap += 1;
      else break;
    }
    if (signs.length !== wanted || /[A-Za-z0-9]/.test(text[at] ?? '') || !passesMod97(signs.toUpperCase())) continue;
    found.push({ kind: 'iban', rule: 'iban-mod97', start, end: at, score: 1 });
  }
  return found;
}
