import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';

export type TableBlock = Extract<DocumentBlock, { kind: 'table' }>;

export interface RowsWithHeader {
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
}

/** A table whose rows all have the same number of cells. */
export function tableBlock({ header, rows }: RowsWithHeader): TableBlock {
  const width = rows.reduce((most, row) => Math.max(most, row.length), header?.length ?? 0);
  const wide = (row: readonly string[]): readonly string[] =>
    row.length === width ? row : [...row, ...Array<string>(width - row.length).fill('')];
  return { kind: 'table', header: header && wide(header), rows: rows.map(wide) };
}

/** Takes the first row for the header where it looks like one: every cell a different name, none of them a number. */
export function splitHeader(rows: readonly (readonly string[])[]): RowsWithHeader {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0) return { header: null, rows };
  const names = first.map((cell) => cell.trim());
  while (names.at(-1) === '') names.pop();
  const isHeader =
    names.length > 0 && new Set(names).size === names.length && names.every((name) => name !== '' && !isValue(name));
  return isHeader ? { header: first, rows: rest } : { header: null, rows };
}

/** Numbers, amounts, shares, dates and times name nothing. */
function isValue(cell: string): boolean {
  return /^[-+(]?[^\p{L}\d]{0,2}\d[\d.,:/\s'’-]*[)%€$£¥]?$/u.test(cell);
}
