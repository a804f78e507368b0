import type { BlockBox, DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';

/** A paragraph as it was recognised, with its place in pixels. */
export interface RecognisedParagraph {
  readonly text: string;
  /** Mean of its words by their length, from 0 to 1. */
  readonly confidence: number;
  readonly box: BlockBox;
  /** Of most of its lines. */
  readonly lineHeight: number;
}

/** Words that are less likely than this to be words at all are stains. */
const leastConfidence = 20;

interface Line {
  readonly words: { text: string; confidence: number }[];
  readonly height: number;
}

/** Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function parseTsv(tsv: string): RecognisedParagraph[] {
  const paragraphs: { lines: Line[]; box: BlockBox }[] = [];
  for (const row of tsv.split('\n')) {
    const fields = row.split('\t');
    const [level = 0, , , , , , x = 0, y = 0, width = 0, height = 0, confidence = 0] = fields.slice(0, 11).map(Number);
    const paragraph = paragraphs.at(-1);
    if (level === 3) paragraphs.push({ lines: [], box: { x, y, width, height } });
    else if (level === 4) paragraph?.lines.push({ words: [], height });
    else if (level === 5 && confidence >= leastConfidence) {
      const text = fields.slice(11).join(' ').trim();
      if (text !== '') paragraph?.lines.at(-1)?.words.push({ text, confidence: confidence / 100 });
    }
  }
  return paragraphs.flatMap(({ lines, box }) => {
    const words = lines.flatMap((line) => line.words);
    if (words.length === 0) return [];
    const letters = words.reduce((sum, { text }) => sum + text.length, 0);
    const confidence = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
    const heights = lines.map(({ height }) => height).toSorted((a, b) => a - b);
    const text = joinWords(lines.map((line) => line.words.map((word) => word.text)));
    return [
      { text, confidence: Math.min(1, confidence), box, lineHeight: heights[Math.floor(heights.length / 2)] ?? 0 },
    ];
  });
}

const wide = '[\\u3000-\\u303F\\u3400-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF]';
const betweenWide = new RegExp(`(?<=${wide}) (?=${wide})`, 'g');

/** Lines become one text; words parted at the end of a line are one again, and Chinese has no spaces. */
function joinWords(lines: readonly (readonly string[])[]): string {
  const text = lines
    .map((words) => words.join(' '))
    .reduce((joined, line) => {
      if (/\p{Ll}-$/u.test(joined) && /^\p{Ll}/u.test(line)) return joined.slice(0, -1) + line;
      return joined === '' ? line : `${joined} ${line}`;
    }, '');
  return text.replaceAll(betweenWide, '');
}

/** Mean confidence by length; null where nothing was recognised. */
export function meanConfidence(paragraphs: readonly RecognisedParagraph[]): number | null {
  const letters = paragraphs.reduce((sum, { text }) => sum + text.length, 0);
  if (letters === 0) return null;
  return paragraphs.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters;
}

/** A line so much taller than most is a heading. */
const headingRatio = 1.4;

/** Blocks with their places in points; `place` turns pixels into them. */
export function recognisedBlocks(
  paragraphs: readonly RecognisedParagraph[],
  place: (box: BlockBox) => BlockBox,
): DocumentBlock[] {
  const heights = paragraphs.map(({ lineHeight }) => lineHeight).toSorted((a, b) => a - b);
  const usual = heights[Math.floor((heights.length - 1) / 2)] ?? 0;
  return paragraphs.map(({ text, box, lineHeight }) => {
    const isHeading = lineHeight > headingRatio * usual && text.length < 100;
    if (isHeading) return { kind: 'heading', level: 2, text, box: place(box) };
    return { kind: 'paragraph', text, box: place(box) };
  });
}
