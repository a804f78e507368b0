import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { scriptOf, termsOf } from './terms.ts';

export interface SummaryLimits {
  readonly mostTokens: number;
}

/** Words of the summary that must stand in the source; the rest are the summary's own joints. */
const leastFromSource = 0.5;
/** Three words in a row that come again and again are a model that is stuck. */
const mostRepeatedShare = 0.3;
const fewestTerms = 4;

/**
 * What a model wrote as a summary, tidied; undefined when it would spoil the chat: empty, too long, in another language,
 * repeating itself or the beginning of the source, or about something that was never said.
 */
export function tryAcceptSummary(written: string, source: string, { mostTokens }: SummaryLimits): string | undefined {
  const text = tidy(written);
  if (text === '' || estimateTokens(text) > mostTokens) return undefined;
  const script = scriptOf(source);
  if (script !== undefined && scriptOf(text) !== script) return undefined;
  const terms = termsOf(text);
  if (terms.length < fewestTerms || repeatedShare(terms) > mostRepeatedShare) return undefined;
  if (source.replaceAll(/\s+/gu, ' ').trim().startsWith(text.replaceAll(/\s+/gu, ' '))) return undefined;
  const known = new Set(termsOf(source));
  const fromSource = terms.filter((term) => known.has(term)).length / terms.length;
  if (fromSource < leastFromSource) return undefined;
  return numbersOf(text).every((number) => source.includes(number)) ? text : undefined;
}

/** Without the headline that many models begin with, and without marks around the whole. */
function tidy(written: string): string {
  return written
    .toWellFormed()
    .trim()
    .replace(
      /^(?:\*\*|#+ ?)?(?:here (?:is|are)[^\n:]{0,60}|summary|minutes|notes|摘要|总结|纪要)(?:\*\*)?\s*[:：]\s*(?:\*\*)?/iu,
      '',
    )
    .replaceAll(/\n{2,}/gu, '\n')
    .trim();
}

/** Of three words in a row, how many came before. */
export function repeatedShare(terms: readonly string[]): number {
  const seen = new Set<string>();
  let repeated = 0;
  for (let index = 2; index < terms.length; index += 1) {
    const three = terms.slice(index - 2, index + 1).join(' ');
    if (seen.has(three)) repeated += 1;
    seen.add(three);
  }
  return repeated / Math.max(1, terms.length - 2);
}

/** A number that was never said is worse than none. Single digits may count what is there. */
function numbersOf(text: string): string[] {
  return text.match(/\d[\d.,:]*\d/gu) ?? [];
}
