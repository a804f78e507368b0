import type { Reading } from '../reading.ts';
import { createSheetWriter, type SheetWriter } from '../text/sheet-pages.ts';
import type { XmlListener } from '../xml-events.ts';

const mostColumns = 16_384;
/** What is repeated more often is the empty rest of a sheet. */
const mostRepeats = 1000;

/** Rows of the sheets of a spreadsheet, sent a piece at a time. */
export function createSheetRows(reading: Reading): { listener: XmlListener; send(): Promise<void> } {
  let ready: (() => Promise<void>)[] = [];
  let writer: SheetWriter | undefined;
  let cells: string[] = [];
  let rowNumber = 0;
  let rowRepeats = 1;
  let cell: { text: string[]; repeats: number } | undefined;
  let inParagraph = 0;
  let inNote = 0;
  const repeatsOf = (value: string | undefined): number => Math.max(1, Math.trunc(Number(value)) || 1);

  return {
    listener: {
      open(name, attributes) {
        switch (name) {
          case 'table:table':
            writer = createSheetWriter(attributes['table:name'] ?? '', reading);
            rowNumber = 0;
            break;
          case 'table:table-row':
            cells = [];
            rowRepeats = repeatsOf(attributes['table:number-rows-repeated']);
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell':
            cell = { text: [], repeats: repeatsOf(attributes['table:number-columns-repeated']) };
            break;
          case 'office:annotation':
            inNote += 1;
            break;
          case 'text:p':
            inParagraph += 1;
            if (inNote === 0) cell?.text.push('');
            break;
          case 'text:s':
            append(' ');
            break;
          default:
            break;
        }
      },
      close(name) {
        switch (name) {
          case 'text:p':
            inParagraph -= 1;
            break;
          case 'office:annotation':
            inNote -= 1;
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell':
            if (cell === undefined) break;
            if (cells.length + cell.repeats <= mostColumns) {
              cells.push(...Array<string>(cell.repeats).fill(cell.text.join('\n')));
            }
            cell = undefined;
            break;
          case 'table:table-row': {
            const [to, row] = [writer, cells];
            const filled = row.some((text) => text !== '');
            for (let at = 1; filled && to !== undefined && at <= Math.min(rowRepeats, mostRepeats); at += 1) {
              const number = rowNumber + at;
              ready.push(() => to.row(number, row));
            }
            rowNumber += rowRepeats;
            break;
          }
          case 'table:table': {
            const to = writer;
            if (to !== undefined) ready.push(() => to.end());
            writer = undefined;
            break;
          }
          default:
            break;
        }
      },
      text: append,
    },
    async send() {
      const waiting = ready;
      ready = [];
      for (const give of waiting) await give();
    },
  };

  function append(text: string): void {
    if (cell === undefined || inParagraph === 0 || inNote > 0) return;
    cell.text.push((cell.text.pop() ?? '') + text);
  }
}
