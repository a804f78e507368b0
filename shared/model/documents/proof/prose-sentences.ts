import { codeRanges, findCitations, type Citation } from './find-citations.ts';

/** A sentence of an answer; places are UTF-16 units of the whole text. */
export interface ProseSentence {
  readonly start: number;
  /** After its last sign, and after the citations behind it. */
  readonly end: number;
  /** Where its own words end. */
  readonly wordsEnd: number;
  readonly citations: readonly Citation[];
  /** Sentences of one paragraph or one item of a list have the same. */
  readonly block: number;
}

const lineStart = /^[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+|>[ \t]?)*/;
const notProse = /^[ \t]*(?:#{1,6}[ \t]|\||(?:[-*_][ \t]*){3,}$|\[[^\]]+\]:|[-:| ]+$)/;
const closing = '["\'”’」』）)*_]*';
const boundary = new RegExp(`(?:[.!?…]${closing}(?=\\s|$|\\[\\d|［|【)|[。！？]${closing})`, 'gu');
/** A full stop after one of these ends no sentence. */
const abbreviation =
  /(?:\b(?:e\.g|i\.e|etc|approx|ca|cf|vs|no|nr|art|sec|dr|mr|mrs|ms|prof|st|p|pp|fig)|\b\p{Lu})\.$/iu;

/** The sentences of its paragraphs and lists. Titles, tables and code are none. */
export function proseSentences(text: string): ProseSentence[] {
  const hidden = codeRanges(text);
  const citations = findCitations(text);
  const found: ProseSentence[] = [];
  let block = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const lead = lineStart.exec(line)?.[0].length ?? 0;
    const isFenced = hidden.some(
      (range) => range.start <= at && at < range.end && text.slice(range.start).startsWith('```'),
    );
    if (line.trim() === '' || notProse.test(line) || isFenced) block += 1;
    else {
      if (lead > 0) block += 1;
      found.push(
        ...sentencesOf(line, lead).map(({ start, end }) => toSentence(text, at + start, at + end, citations, block)),
      );
    }
    at += line.length + 1;
  }
  return found.filter(({ start, wordsEnd }) => wordsEnd > start);
}

function sentencesOf(line: string, from: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = from;
  const close = (end: number): void => {
    const lead = line.slice(start, end).match(/^\s*/)?.[0].length ?? 0;
    if (start + lead < end) parts.push({ start: start + lead, end });
    start = end;
  };
  for (const match of line.slice(from).matchAll(boundary)) {
    const end = from + match.index + match[0].length;
    if (end <= start || abbreviation.test(line.slice(start, end))) continue;
    // Numbers of sources that follow belong to what they stand behind.
    const behind =
      /^(?:\s*(?:\[[\d,;、\s–-]+\]|［[^］\n]{1,40}］|【[^】\n]{1,40}】))+\s*[.。]?/.exec(line.slice(end))?.[0] ?? '';
    close(end + behind.length);
  }
  close(line.trimEnd().length);
  return parts;
}

function toSentence(
  text: string,
  start: number,
  end: number,
  citations: readonly Citation[],
  block: number,
): ProseSentence {
  const own = citations.filter((citation) => citation.start >= start && citation.end <= end);
  let wordsEnd = end;
  for (const citation of own.toReversed()) {
    if (/^[\s.。]*$/.test(text.slice(citation.end, wordsEnd))) wordsEnd = citation.start;
  }
  while (wordsEnd > start && /\s/.test(text[wordsEnd - 1] ?? '')) wordsEnd -= 1;
  return { start, end, wordsEnd, citations: own, block };
}
