import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';

/** How numbers of a workbook are shown, as far as it changes what they mean. */
export type CellFormat = 'number' | 'percent' | 'date' | 'time' | 'dateTime';

/** By the index of a cell's style. */
export async function readCellFormats(zip: ZipArchive): Promise<readonly CellFormat[]> {
  const custom = new Map<number, CellFormat>();
  const formats: CellFormat[] = [];
  let inCells = false;
  await readXml(zip.stream('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      else if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), readCode(attributes['formatCode'] ?? ''));
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId']);
        formats.push(custom.get(id) ?? builtIn(id));
      }
    },
    close: (name) => void (name === 'cellXfs' && (inCells = false)),
  });
  return formats;
}

/** ECMA-376, part 1, 18.8.30. */
function builtIn(id: number): CellFormat {
  if (id === 9 || id === 10) return 'percent';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return 'date';
  if (id === 22) return 'dateTime';
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'time' : 'number';
}

function readCode(code: string): CellFormat {
  const letters = code.replaceAll(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*./gi, '').toLowerCase();
  const hasTime = /[hs]/.test(letters);
  // A lonely m is a month; beside hours or seconds it is minutes.
  const hasDate = /[yd]/.test(letters) || (letters.includes('m') && !hasTime);
  if (hasDate && hasTime) return 'dateTime';
  if (hasDate) return 'date';
  if (hasTime) return 'time';
  return letters.includes('%') ? 'percent' : 'number';
}

/** A number as a person sees it; dates in ISO 8601, which every language can read. */
export function formatCell(raw: string, format: CellFormat, is1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  switch (format) {
    case 'number':
      // 0.1 + 0.2 is stored as it was calculated and shown as 0.3.
      return String(Number(value.toPrecision(15)));
    case 'percent':
      return `${Number((value * 100).toPrecision(12))}%`;
    default: {
      if (value < 0 || value > 2_958_466) return raw;
      // The calendar of 1900 counts a 29th of February that never was.
      const days = is1904 ? value + 1462 : value < 60 ? value + 1 : value;
      const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString();
      const [date = '', time = ''] = iso.replace(/\.\d+Z$/, '').split('T');
      const clock = time.replace(/:00$/, '');
      if (format === 'date') return date;
      return format === 'time' ? clock : `${date} ${clock}`;
    }
  }
}
