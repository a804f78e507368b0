/** Width of a title in the sidebar; a Chinese character is as wide as two letters. */
const widthLimit = 60;
/** A first sentence shorter than this ("Hi.") says too little and gets company. */
const leastSentenceWidth = 14;
/** A message can be a book; its title is at the beginning. */
const readChars = 2000;

/**
 * A title for a conversation from its first message: the first sentence, at most 60 letters or 30 Chinese characters
 * wide, cut between words. One line; empty only when the message begins with 2000 blanks.
 */
export function deriveTitle(message: string): string {
  const line = firstTellingLine(message);
  const sentence = firstSentences(line);
  const title = trimToWidth(sentence);
  return title === sentence ? dropFullStop(title) : `${title}…`;
}

/** Passes over code fences and lines of signs only, unless there is nothing else. */
function firstTellingLine(message: string): string {
  const lines = message
    .slice(0, readChars)
    .toWellFormed()
    .split(/[\p{Cc}\u2028\u2029]*[\r\n\u2028\u2029][\p{Cc}\u2028\u2029]*/u)
    .map((line) => line.replaceAll(/[\p{Cc}\p{Z}\ufeff]+/gu, ' ').trim())
    .filter((line) => line !== '');
  const telling = lines.find((line) => !line.startsWith('```') && /[\p{L}\p{N}]/u.test(line));
  // The marks of markdown headings, quotes and lists.
  return telling?.replace(/^(?:[#>*+-]+ )+/u, '') ?? lines[0] ?? '';
}

function firstSentences(line: string): string {
  for (const end of line.matchAll(/[.!?]+(?= )|[。！？]+/gu)) {
    const sentence = line.slice(0, end.index + end[0].length);
    if (widthOf(sentence) >= leastSentenceWidth) return sentence;
  }
  return line;
}

function trimToWidth(text: string): string {
  if (widthOf(text) <= widthLimit) return text;
  let kept = '';
  let width = 0;
  for (const word of pieces(text, 'word')) {
    width += widthOf(word);
    if (width > widthLimit) break;
    kept += word;
  }
  kept = kept.replace(/[\p{Pd}\p{Po}\p{Z}]+$/u, '');
  return kept === '' ? trimWithinWord(text) : kept;
}

function trimWithinWord(text: string): string {
  let kept = '';
  let width = 0;
  for (const character of pieces(text, 'grapheme')) {
    width += widthOf(character);
    if (width > widthLimit) break;
    kept += character;
  }
  return kept;
}

function dropFullStop(text: string): string {
  const dropped = text.replace(/[.,;:。，；：、]+$/u, '').trimEnd();
  return dropped === '' ? text : dropped;
}

function pieces(text: string, granularity: 'word' | 'grapheme'): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment }) => segment);
}

const wideCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wideCharacter.test(character) ? 2 : 1;
  return width;
}
