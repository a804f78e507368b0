import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { tableBlock } from './table-block.ts';

/** Blocks of CommonMark with tables and footnotes; what stands inside a line is left as it was written. */
export function markdownBlocks(text: string): { blocks: DocumentBlock[]; title: string | null } {
  const lines = text.split('\n');
  const blocks: DocumentBlock[] = [];
  let title: string | null = null;
  let paragraph: string[] = [];
  let paragraphLine = 1;
  const endParagraph = (): void => {
    const joined = paragraph.join('\n').trim();
    if (joined !== '') blocks.push({ kind: 'paragraph', text: joined, line: paragraphLine });
    paragraph = [];
  };

  let index = 0;
  if (lines[0] === '---') {
    const end = lines.indexOf('---', 1);
    if (end > 0) {
      const front = lines.slice(1, end);
      title = /^title:\s*["']?(.*?)["']?\s*$/m.exec(front.join('\n'))?.[1] ?? null;
      if (front.length > 0) blocks.push({ kind: 'code', language: 'yaml', text: front.join('\n'), line: 2 });
      index = end + 1;
    }
  }
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const at = index + 1;
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)/.exec(line);
    const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line);
    const item = /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$/.exec(line);
    const footnote = /^\[\^([^\]]+)\]:\s*(.*)$/.exec(line);
    const underline = /^ {0,3}(=+|-+)[ \t]*$/.exec(lines[index + 1] ?? '');
    if (fence !== null) {
      endParagraph();
      const [, mark = '', language = ''] = fence;
      const stop = findFrom(lines, index + 1, (other) => isClosing(other, mark));
      blocks.push({
        kind: 'code',
        language: language || null,
        text: lines.slice(index + 1, stop).join('\n'),
        line: at,
      });
      index = stop + 1;
    } else if (heading !== null) {
      endParagraph();
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2]?.trim() ?? '', line: at });
      index += 1;
    } else if (isTableStart(lines, index)) {
      endParagraph();
      const end = findFrom(lines, index + 2, (other) => !other.includes('|'));
      const rows = lines.slice(index + 2, end).map(tableCells);
      blocks.push({ ...tableBlock({ header: tableCells(line), rows }), line: at });
      index = end;
    } else if (footnote !== null) {
      endParagraph();
      const more = continuation(lines, index + 1, /^(?: {2,}|\t)\S/);
      const words = [footnote[2] ?? '', ...more].map((part) => part.trim()).join('\n');
      blocks.push({ kind: 'footnote', marker: footnote[1] ?? '', text: words, line: at });
      index += 1 + more.length;
    } else if (item !== null && !/^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line)) {
      endParagraph();
      const [, indent = '', marker = '', first = ''] = item;
      const more = continuation(lines, index + 1, /^\s+(?![-*+] |\d{1,9}[.)] )\S/);
      const depth = Math.min(10, Math.floor(indent.replaceAll('\t', '    ').length / 2));
      blocks.push({
        kind: 'listItem',
        depth,
        marker,
        text: [first, ...more.map((one) => one.trim())].join('\n'),
        line: at,
      });
      index += 1 + more.length;
    } else if (paragraph.length === 0 && underline !== null && line.trim() !== '') {
      blocks.push({
        kind: 'heading',
        level: underline[1]?.startsWith('=') === true ? 1 : 2,
        text: line.trim(),
        line: at,
      });
      index += 2;
    } else {
      if (line.trim() === '') endParagraph();
      else {
        if (paragraph.length === 0) paragraphLine = at;
        paragraph.push(line.replace(/^ {0,3}> ?/, ''));
      }
      index += 1;
    }
  }
  endParagraph();
  const firstHeading = blocks.find((block) => block.kind === 'heading');
  return { blocks, title: title ?? (firstHeading?.kind === 'heading' ? firstHeading.text : null) };
}

/** The index of the first line that fits, or the number of lines. */
function findFrom(lines: readonly string[], from: number, fits: (line: string) => boolean): number {
  let index = from;
  while (index < lines.length && !fits(lines[index] ?? '')) index += 1;
  return index;
}

function isClosing(line: string, mark: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(mark) && [...trimmed].every((character) => character === mark[0]);
}

function isTableStart(lines: readonly string[], index: number): boolean {
  const ruler = lines[index + 1] ?? '';
  return (lines[index] ?? '').includes('|') && ruler.includes('-') && /^[\s|:-]+$/.test(ruler) && ruler.includes('|');
}

function tableCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function continuation(lines: readonly string[], from: number, pattern: RegExp): readonly string[] {
  return lines.slice(
    from,
    findFrom(lines, from, (line) => !pattern.test(line)),
  );
}
