export interface CsvOptions {
  /** Puts an apostrophe before what a spreadsheet would calculate. */
  readonly guardFormulas: boolean;
}

const byteOrderMark = '\ufeff';
/** Signs that begin a formula, after OWASP's page on CSV injection; also behind spaces, and in full width. */
const formula = /^\s*[=+\-@＝＋－＠\t\r]/u;
const number = /^\s*[-+]?(?:\d{1,3}(?:[,. ']\d{3})*|\d+)(?:[.,]\d+)?\s*(?:%|[€$£¥]|[A-Z]{3})?\s*$/;

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[], { guardFormulas }: CsvOptions): string {
  return `${byteOrderMark}${rows.map((row) => `${row.map((cell) => field(guardFormulas ? guard(cell) : cell)).join(',')}\r\n`).join('')}`;
}

function guard(cell: string): string {
  return formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
}

function field(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
