import { splitHeader, tableBlock, type TableBlock } from '../text/table-block.ts';
import { rowLeft, rowRight, visualLength, type Row } from './rows.ts';

/** Cells longer than this on average are running text with gaps in it. */
const cellChars = 45;
/** Lines further apart than so many times the size of the letters are not the same table. */
const tableGap = 4;

export interface FoundTable {
  /** How many rows of the page it takes. */
  readonly length: number;
  readonly table: TableBlock;
}

/** The table that begins with this row, if one does. */
export function findTable(rows: readonly Row[], from: number): FoundTable | undefined {
  const first = rows[from];
  if (first === undefined || first.segments.length < 2 || isListItem(first)) return undefined;
  let end = from;
  let lastFull = from;
  while (end < rows.length) {
    const row = rows[end];
    const before = rows[end - 1];
    if (row === undefined) break;
    if (end > from && before !== undefined && row.baseline - before.baseline > tableGap * row.size) break;
    if (row.segments.length >= 2 && !isListItem(row)) lastFull = end;
    // The rest of a cell that took several lines; more than a few lines of it are no table any more.
    else if (end - lastFull > 2 || !fitsColumn(row, rows.slice(from, lastFull + 1))) break;
    end += 1;
  }
  // Lines after the last full row belong to its cells only where they are as near as lines of one cell.
  while (end > lastFull + 1 && !isNear(rows, end - 1)) end -= 1;
  const taken = rows.slice(from, end);
  const columns = findColumns(taken);
  const full = taken.filter(({ segments }) => segments.length >= 2);
  if (columns.length < 2 || full.length < 2) return undefined;
  const lengths = full.flatMap(({ segments }) => segments.map(({ text }) => visualLength(text)));
  if (lengths.reduce((sum, length) => sum + length, 0) / lengths.length > cellChars) return undefined;
  return { length: taken.length, table: tableBlock(splitHeader(fillCells(taken, columns))) };
}

/** A mark of a list with its text after a gap is no row of a table. */
function isListItem({ segments }: Row): boolean {
  return segments.length === 2 && /^(?:[•●○▪■◦‣⁃–—*·-]|\(?[0-9a-zA-Z]{1,3}[.)])$/.test(segments[0]?.text ?? '');
}

function fitsColumn(row: Row, table: readonly Row[]): boolean {
  const columns = findColumns(table);
  const [left, right] = [rowLeft(row), rowRight(row)];
  const hits = columns.filter((column) => column.from < right && left < column.to);
  return columns.length >= 2 && hits.length === 1;
}

function isNear(rows: readonly Row[], index: number): boolean {
  const [row, before] = [rows[index], rows[index - 1]];
  return row !== undefined && before !== undefined && row.baseline - before.baseline < 1.5 * row.size;
}

interface Column {
  from: number;
  to: number;
}

/** What lies one above the other is one column. */
function findColumns(rows: readonly Row[]): Column[] {
  const spans = rows
    .flatMap(({ segments }) => segments.map(({ left, right }) => ({ from: left, to: right })))
    .toSorted((a, b) => a.from - b.from);
  const columns: Column[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last !== undefined && span.from < last.to) last.to = Math.max(last.to, span.to);
    else columns.push({ ...span });
  }
  return columns;
}

function fillCells(rows: readonly Row[], columns: readonly Column[]): string[][] {
  const cells: string[][] = [];
  for (const [index, row] of rows.entries()) {
    const filled = Array<string>(columns.length).fill('');
    for (const { text, left } of row.segments) {
      const at = columns.findIndex(({ from, to }) => from <= left && left <= to);
      filled[at] = [filled[at] ?? '', text].filter((part) => part !== '').join(' ');
    }
    const last = cells.at(-1);
    // Only what continues a cell leaves the first column empty and stands close to the line above it.
    if (last !== undefined && filled[0] === '' && isNear(rows, index)) {
      for (const [at, text] of filled.entries()) if (text !== '') last[at] = `${last[at] ?? ''} ${text}`.trim();
    } else cells.push(filled);
  }
  return cells;
}
