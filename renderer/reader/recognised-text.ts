import type { PassageBox, ReadPassage } from '../../shared/contract/index.ts';

/** The text of a page that is a picture, as recognition read it. */
export function recognisedText(passages: readonly ReadPassage[]): string {
  return passages.map(({ text }) => text).join('\n');
}

/** Where the paragraph stands to which a place in that text belongs; the whole passage where that cannot be told. */
export function boxesAt(passages: readonly ReadPassage[], at: number): readonly PassageBox[] {
  let start = 0;
  for (const { text, boxes } of passages) {
    if (at <= start + text.length) {
      const lines = text.split('\n');
      const line = text.slice(0, at - start).split('\n').length - 1;
      // Each box is of at least one line: as many of both are one of each.
      return lines.length === boxes.length ? boxes.slice(line, line + 1) : boxes;
    }
    start += text.length + 1;
  }
  return [];
}
