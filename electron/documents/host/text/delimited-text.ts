import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { splitHeader, tableBlock } from './table-block.ts';

/** Rows in one block; each block repeats the header. */
const blockRows = 200;
const sampleChars = 20_000;

/** Tables of RFC 4180, with whichever separator the file uses. */
export function* delimitedBlocks(text: string, preferred: ',' | '\t'): Generator<DocumentBlock> {
  const delimiter = chooseDelimiter(text.slice(0, sampleChars), preferred);
  let header: readonly string[] | null = null;
  let first = true;
  let rows: { cells: string[]; line: number }[] = [];
  const flush = (): DocumentBlock => {
    const cells = rows.map((row) => row.cells);
    const line = rows[0]?.line ?? 1;
    const split = first ? splitHeader(cells) : { header, rows: cells };
    [first, header, rows] = [false, split.header, []];
    return { ...tableBlock(split), line };
  };
  for (const row of parseDelimited(text, delimiter)) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    rows.push(row);
    if (rows.length >= blockRows) yield flush();
  }
  if (rows.length > 0) yield flush();
}

/** The one that splits the first rows into the same number of cells most often. */
function chooseDelimiter(sample: string, preferred: string): string {
  let best = { delimiter: preferred, score: 0 };
  for (const delimiter of [preferred, ',', ';', '\t', '|']) {
    const widths = [...parseDelimited(sample, delimiter)].slice(0, 20).map(({ cells }) => cells.length);
    const width = widths[0] ?? 0;
    if (width < 2) continue;
    const same = widths.filter((one) => one === width).length / widths.length;
    const score = same * Math.min(width, 10) + same * 10;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** A quote that is never closed ends with the text. */
export function* parseDelimited(text: string, delimiter: string): Generator<{ cells: string[]; line: number }> {
  const special = new RegExp(`["\\n${delimiter === '|' ? '\\|' : delimiter}]`, 'g');
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let rowLine = 1;
  let position = 0;
  while (position < text.length) {
    special.lastIndex = position;
    const at = special.exec(text)?.index ?? text.length;
    cell += text.slice(position, at);
    position = at + 1;
    const character = text[at];
    if (character === '"') {
      if (cell.trim() !== '') {
        cell += '"';
        continue;
      }
      const { value, end } = readQuoted(text, position);
      cell = value;
      line += value.split('\n').length - 1;
      position = end;
    } else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      line += 1;
      cells.push(cell);
      yield { cells, line: rowLine };
      [cells, cell, rowLine] = [[], '', line];
    }
  }
  if (cell !== '' || cells.length > 0) yield { cells: [...cells, cell], line: rowLine };
}

function readQuoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  let position = from;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote < 0) return { value: value + text.slice(position), end: text.length };
    value += text.slice(position, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    position = quote + 2;
  }
}
