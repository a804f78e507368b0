import type { Reading } from '../reading.ts';
import { splitHeader, tableBlock } from './table-block.ts';

/** Rows in one block; each block repeats the header. */
const blockRows = 200;
/** A larger sheet is told in several pages, each with the numbers of its rows. */
const pageRows = 2000;

export interface SheetWriter {
  /** Rows with their number in the sheet, from 1, in order. Empty ones need not be given. */
  row(number: number, cells: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

/** Turns the rows of a sheet into pages of tables. */
export function createSheetWriter(name: string, reading: Reading): SheetWriter {
  let rows: { number: number; cells: readonly string[] }[] = [];
  let header: readonly string[] | null = null;
  let isFirst = true;
  let pagesSent = 0;

  const send = async (isLast: boolean): Promise<void> => {
    const taken = rows;
    rows = [];
    if (taken.length === 0 && pagesSent > 0) return;
    const first = taken[0]?.number ?? 1;
    const last = taken.at(-1)?.number ?? 1;
    const label = isLast && pagesSent === 0 ? name : `${name} (${first}–${last})`;
    const all = taken.map((row) => row.cells);
    const split = isFirst ? splitHeader(all) : { header, rows: all };
    const cells = split.rows;
    [isFirst, header] = [false, split.header];
    const blocks = [];
    for (let at = 0; at < Math.max(cells.length, header === null ? 0 : 1); at += blockRows) {
      blocks.push(tableBlock({ header, rows: cells.slice(at, at + blockRows) }));
    }
    pagesSent += 1;
    await reading.page({ unit: 'sheet', label: label.slice(0, 200), blocks });
  };

  return {
    async row(number, cells) {
      const filled = trimEnd(cells);
      if (filled.length === 0) return;
      rows.push({ number, cells: filled });
      if (rows.length >= pageRows) await send(false);
    },
    end: () => send(true),
  };
}

function trimEnd(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1;
  return cells.slice(0, length);
}
