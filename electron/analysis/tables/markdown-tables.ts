import type { DocumentPart } from '../document-text.ts';

export interface ReadTable {
  readonly page: number;
  readonly unit: DocumentPart['unit'];
  readonly title: string;
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
}

const separator = /^\|(?: --- \|)+$/;

/** Cells of a line as passages write it; undefined for any other line. */
export function tryCells(line: string): string[] | undefined {
  if (!line.startsWith('| ') || !line.endsWith(' |') || line.length < 3) return undefined;
  return line
    .slice(2, -2)
    .split(/ \| /)
    .map((cell) => cell.replaceAll('\\|', '|'));
}

export function isSeparator(line: string): boolean {
  return separator.test(line);
}

/**
 * Reads tables back from the text of passages. Only what was written as a table is one: a header, the line under it, and
 * rows of as many cells. A table that was cut into several passages is put together again.
 */
export function readTables(parts: readonly DocumentPart[]): ReadTable[] {
  const tables: (ReadTable & { readonly whole: number | undefined })[] = [];
  for (const [seq, part] of parts.entries()) {
    const lines = part.text.split('\n');
    for (let at = 0; at + 1 < lines.length; at += 1) {
      const header = tryCells(lines[at] ?? '');
      const columns = (lines[at + 1] ?? '').split(' --- ').length - 1;
      if (header === undefined || !isSeparator(lines[at + 1] ?? '') || header.length !== columns) continue;
      const rows: string[][] = [];
      let next = at + 2;
      for (; next < lines.length; next += 1) {
        const cells = tryCells(lines[next] ?? '');
        if (cells?.length !== columns || isSeparator(lines[next + 1] ?? '')) break;
        rows.push(cells);
      }
      const alone = at === 0 && next === lines.length;
      const last = tables.at(-1);
      const title = lines.slice(0, at).findLast((line) => line.trim() !== '' && tryCells(line) === undefined);
      const table = {
        page: part.page,
        unit: part.unit,
        title: (title ?? part.headings.at(-1) ?? '').slice(0, 120),
        header: header.every((cell) => cell === '') ? null : header,
        rows,
        whole: alone ? seq : undefined,
      };
      if (alone && last?.whole === seq - 1 && last.page === part.page && sameCells(last.header, table.header)) {
        tables[tables.length - 1] = { ...last, rows: [...last.rows, ...rows], whole: seq };
      } else tables.push(table);
      at = next - 1;
    }
  }
  return tables.map(({ whole: _whole, ...table }) => table);
}

function sameCells(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
