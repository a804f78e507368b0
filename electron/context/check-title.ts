import { scriptOf, termsOf } from './terms.ts';

const mostChars = 60;
const mostWords = 9;
const mostWideChars = 24;

/**
 * What a model wrote as the title of a conversation, tidied: one short line without quotes and markdown. Undefined when it
 * is none: empty, too long, in another language, nothing but the beginning of what was said, or about something else.
 */
export function tryAcceptTitle(written: string, question: string, answer: string): string | undefined {
  const [line = '', ...more] = written
    .toWellFormed()
    .trim()
    .split(/\s*[\r\n\u2028\u2029]+\s*/u);
  if (more.some((rest) => rest !== '')) return undefined;
  const title = line
    .replace(/^(?:\*\*|#+\s*)?(?:title|标题)(?:\*\*)?\s*[:：]\s*/iu, '')
    .replaceAll(/[*_`#]+|\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
    .replace(/^["'“”‘’«»「」『』《》]+/u, '')
    .replace(/["'“”‘’«»「」『』《》.。!！,，;；:：]+$/u, '')
    .trim();
  if (title === '' || title.length > mostChars || !/[\p{L}\p{N}]/u.test(title)) return undefined;
  const script = scriptOf(question);
  if (script !== undefined && scriptOf(title) !== script) return undefined;
  if (script === 'wide' ? title.length > mostWideChars : title.split(' ').length > mostWords) return undefined;
  // What is derived from the question says as much, and a model that only begins its answer again names nothing.
  if ([question, answer].some((said) => folded(said).startsWith(folded(title)))) return undefined;
  const known = new Set(termsOf(`${question} ${answer}`));
  return termsOf(title).some((term) => known.has(term)) ? title : undefined;
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
