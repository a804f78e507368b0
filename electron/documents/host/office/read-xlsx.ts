import { corrupt } from '../failure.ts';
import type { Reading } from '../reading.ts';
import { createSheetWriter, type SheetWriter } from '../text/sheet-pages.ts';
import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';
import { formatCell, readCellFormats, type CellFormat } from './cell-format.ts';
import { readCoreTitle, readRelations } from './relations.ts';

const mostColumns = 16_384;
const mostSharedChars = 100_000_000;

/** @throws DocumentFailure */
export async function readXlsx(zip: ZipArchive, reading: Reading): Promise<void> {
  const main = 'xl/workbook.xml';
  if (!zip.has(main)) throw corrupt('the part that lists its sheets is missing');
  const sheets: { name: string; id: string }[] = [];
  let is1904 = false;
  await readXml(zip.stream(main), {
    open(name, attributes) {
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', id: attributes['r:id'] ?? '' });
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
    },
  });
  const relations = new Map((await readRelations(zip, main)).map(({ id, target }) => [id, target]));
  const found = sheets.flatMap(({ name, id }) => {
    const part = relations.get(id);
    return part !== undefined && zip.has(part) ? [{ name, part }] : [];
  });
  await reading.recognised('xlsx', found.length);
  reading.title(await readCoreTitle(zip));
  const shared = await readSharedStrings(zip);
  const formats = await readCellFormats(zip);
  for (const { name, part } of found) {
    await readSheet(zip, part, { shared, formats, is1904 }, createSheetWriter(name, reading));
  }
}

interface Workbook {
  readonly shared: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly is1904: boolean;
}

async function readSheet(zip: ZipArchive, part: string, workbook: Workbook, writer: SheetWriter): Promise<void> {
  let ready: { number: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let rowNumber = 0;
  let column = 0;
  let type = '';
  let style = 0;
  let value = '';
  let inValue = false;
  const send = async (): Promise<void> => {
    const rows = ready;
    ready = [];
    for (const row of rows) await writer.row(row.number, row.cells);
  };
  async function* paced(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      yield chunk;
      await send();
    }
  }
  await readXml(paced(zip.stream(part)), {
    open(name, attributes) {
      switch (name) {
        case 'row':
          rowNumber = Math.max(rowNumber + 1, Math.trunc(Number(attributes['r'])) || 0);
          [cells, column] = [[], -1];
          break;
        case 'c':
          column = columnOf(attributes['r'] ?? '') ?? column + 1;
          [type, style, value] = [attributes['t'] ?? 'n', Number(attributes['s']) || 0, ''];
          break;
        case 'v':
        case 't':
          inValue = true;
          break;
        // How a Japanese word is pronounced.
        case 'rPh':
          inValue = false;
          break;
        default:
          break;
      }
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c' && value !== '' && column < mostColumns) {
        while (cells.length < column) cells.push('');
        cells[column] = shownValue(value, type, style, workbook);
      } else if (name === 'row') ready.push({ number: rowNumber, cells });
    },
    text: (text) => void (inValue && (value += text)),
  });
  await send();
  await writer.end();
}

function shownValue(value: string, type: string, style: number, { shared, formats, is1904 }: Workbook): string {
  switch (type) {
    case 's':
      return shared[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      return formatCell(value, formats[style] ?? 'number', is1904);
    default:
      return value;
  }
}

async function readSharedStrings(zip: ZipArchive): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inReading = false;
  let total = 0;
  await readXml(zip.stream('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = !inReading;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'si') {
        total += text.length;
        if (total > mostSharedChars) throw corrupt('its texts are larger than any workbook is');
        strings.push(text);
      }
    },
    text: (value) => void (inText && (text += value)),
  });
  return strings;
}

/** `BC12` is column 54, counted from 0. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
