import { splitHeader, tableBlock, type TableBlock } from './table-block.ts';

/** Tables that are open while a file is read, each in a cell of the one before. */
export interface NestedTables {
  readonly isOpen: boolean;
  /** Rows of the innermost table so far; 0 outside of tables. */
  readonly rowsBegun: number;
  begin(): void;
  beginRow(): void;
  /** Says that the first row names the columns. */
  markHeader(): void;
  /** A paragraph of the open cell. */
  write(text: string): void;
  /** Empties the open cell. */
  clearCell(): void;
  /** `span` is how many columns it takes, at least 1. */
  endCell(span?: number): void;
  /** Undefined for an empty table, and for one in a cell: that is told there as its text, as a cell holds nothing else. */
  end(): TableBlock | undefined;
}

export function createNestedTables(): NestedTables {
  const tables: { readonly rows: string[][]; readonly cell: string[]; hasHeader: boolean }[] = [];
  const clearCell = (): void => void tables.at(-1)?.cell.splice(0);
  return {
    get isOpen() {
      return tables.length > 0;
    },
    get rowsBegun() {
      return tables.at(-1)?.rows.length ?? 0;
    },
    begin: () => void tables.push({ rows: [], cell: [], hasHeader: false }),
    beginRow: () => void tables.at(-1)?.rows.push([]),
    markHeader() {
      const table = tables.at(-1);
      if (table !== undefined) table.hasHeader = true;
    },
    write: (text) => void tables.at(-1)?.cell.push(text),
    clearCell,
    endCell(span = 1) {
      const table = tables.at(-1);
      table?.rows.at(-1)?.push(table.cell.join('\n'), ...Array<string>(span - 1).fill(''));
      clearCell();
    },
    end() {
      const table = tables.pop();
      const rows = table?.rows.filter((row) => row.some((cell) => cell !== '')) ?? [];
      const [head, ...rest] = rows;
      if (table === undefined || head === undefined) return undefined;
      const outer = tables.at(-1);
      if (outer !== undefined) {
        outer.cell.push(rows.map((row) => row.join('\t')).join('\n'));
        return undefined;
      }
      return tableBlock(table.hasHeader ? { header: head, rows: rest } : splitHeader(rows));
    },
  };
}
