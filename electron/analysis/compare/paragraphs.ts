import { newHeadings, type DocumentPart, type DocumentText } from '../document-text.ts';
import { isSeparator, tryCells } from '../tables/markdown-tables.ts';

/** What is compared with what: a title, a paragraph, a row of a table. */
export interface Paragraph {
  readonly page: number;
  readonly unit: DocumentPart['unit'];
  readonly text: string;
  readonly kind: 'title' | 'text' | 'row';
  /** The same for texts that differ in white space only. */
  readonly key: string;
}

export function paragraphsOf({ parts }: DocumentText): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let header = '';
  for (const [index, part] of parts.entries()) {
    const add = (kind: Paragraph['kind'], text: string): void => {
      const key = text.replaceAll(/\s+/g, ' ').trim();
      if (key !== '') paragraphs.push({ page: part.page, unit: part.unit, text: key, kind, key: `${kind} ${key}` });
    };
    for (const { text } of newHeadings(parts[index - 1], part)) add('title', text);
    const lines = part.text.split('\n');
    for (const [at, line] of lines.entries()) {
      if (isSeparator(line)) continue;
      const cells = tryCells(line);
      // Every piece of a long table repeats its header.
      const repeated = at === 0 && isSeparator(lines[1] ?? '') && line === header;
      if (isSeparator(lines[at + 1] ?? '')) header = line;
      if (repeated || cells?.every((cell) => cell === '') === true) continue;
      add(cells === undefined ? 'text' : 'row', cells === undefined ? line : cells.join(' | '));
    }
  }
  return paragraphs;
}
