/** A run of text; `x` and `y` in points from the lower left corner, as in PDF itself. */
export interface PdfText {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
  /** Degrees counter-clockwise; upright unless given. A page that is turned clockwise by as many shows it upright. */
  readonly turn?: 0 | 90 | 180 | 270;
}

export interface PdfPage {
  readonly texts: readonly PdfText[];
  readonly width?: number;
  readonly height?: number;
  readonly rotate?: 0 | 90 | 180 | 270;
}

export interface PdfOptions {
  readonly title?: string;
  /** Claims to be encrypted with a key that nobody has. */
  readonly encrypted?: boolean;
  /** Bytes of an object that no page shows. */
  readonly unused?: number;
  /** Entries of the table of contents; pages from 1. */
  readonly bookmarks?: readonly { readonly title: string; readonly page: number; readonly inner?: boolean }[];
  /** What stands in the catalogue as `/PageLabels`. */
  readonly pageLabels?: string;
  /** A program that runs when the file is opened. */
  readonly script?: string;
}

/** Every letter of Courier is as wide. */
const letterWidth = 0.6;

/** A PDF 1.7 file: Latin text in Courier, everything else in a font of which only the meaning of its characters is known. */
export function makePdf(pages: readonly PdfPage[], options: PdfOptions = {}): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const wide = [...new Set(pages.flatMap(({ texts }) => texts.flatMap(({ text }) => [...text])))].filter(isWide);
  const codes = new Map(wide.map((character, index) => [character, index + 1]));

  const catalog = add('');
  const tree = add('');
  const courier = add('<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>');
  if (options.unused !== undefined) add(stream('x'.repeat(options.unused)));
  const toUnicode = add(stream(unicodeMap(codes)));
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>',
  );
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor ${descriptor} 0 R >>`,
  );
  const song = add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${toUnicode} 0 R >>`,
  );
  const kids = pages.map(({ texts, width = 612, height = 792, rotate = 0 }) => {
    const content = add(stream(texts.map((text) => drawText(text, codes)).join('\n')));
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Contents ${content} 0 R /Resources << /Font << /F1 ${courier} 0 R /F2 ${song} 0 R >> >> >>`,
    );
  });
  objects[tree - 1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  const action = options.script === undefined ? '' : ` /OpenAction << /S /JavaScript /JS ${literal(options.script)} >>`;
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${tree} 0 R${action}${addContents(options, kids, add)} >>`;
  const info = options.title === undefined ? undefined : add(`<< /Title ${literal(options.title)} >>`);
  const lock =
    options.encrypted === true
      ? add(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`)
      : undefined;
  return assemble(objects, catalog, [
    ...(info === undefined ? [] : [`/Info ${info} 0 R`]),
    ...(lock === undefined ? [] : [`/Encrypt ${lock} 0 R`, `/ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`]),
  ]);
}

/** The outline of a file (ISO 32000-1, 12.3.3); inner entries stand under the last one that is not. */
function addContents(
  { bookmarks = [], pageLabels }: PdfOptions,
  kids: readonly number[],
  add: (body: string) => number,
): string {
  const labels = pageLabels === undefined ? '' : ` /PageLabels ${pageLabels}`;
  if (bookmarks.length === 0) return labels;
  const first = kids.at(-1) ?? 0;
  const numbers = bookmarks.map((_, index) => first + 1 + index);
  const root = first + 1 + bookmarks.length;
  const outer = numbers.filter((_, index) => bookmarks[index]?.inner !== true);
  const parentOf = (index: number): number =>
    bookmarks[index]?.inner === true ? (outer.filter((number) => number < (numbers[index] ?? 0)).at(-1) ?? root) : root;
  const siblingsOf = (parent: number): number[] => numbers.filter((_, index) => parentOf(index) === parent);
  for (const [index, { title, page }] of bookmarks.entries()) {
    const own = numbers[index] ?? 0;
    const siblings = siblingsOf(parentOf(index));
    const [next, children] = [siblings[siblings.indexOf(own) + 1], siblingsOf(own)];
    add(
      `<< /Title ${literal(title)} /Parent ${parentOf(index)} 0 R /Dest [${kids[page - 1]} 0 R /Fit]${next === undefined ? '' : ` /Next ${next} 0 R`}${children.length === 0 ? '' : ` /First ${children[0]} 0 R /Last ${children.at(-1)} 0 R /Count ${children.length}`} >>`,
    );
  }
  add(`<< /Type /Outlines /First ${outer[0]} 0 R /Last ${outer.at(-1)} 0 R /Count ${outer.length} >>`);
  return `${labels} /Outlines ${root} 0 R`;
}

/** A page in a font that only names its character map, as Chinese programs of the nineties made them. */
export function makeNamedMapPdf(codes: Buffer, map: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    stream(`BT /F1 12 Tf 72 700 Td <${codes.toString('hex')}> Tj ET`),
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${map} /DescendantFonts [6 0 R] >>`,
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  return assemble(objects, 1, []);
}

/** Pages that are pictures in JPEG, as a scanner makes them. */
export function makeScannedPdf(
  pictures: readonly {
    jpeg: Buffer;
    width: number;
    height: number;
    rotate?: 0 | 90 | 180 | 270;
    /** Of another kind of picture than JPEG. */
    filter?: string;
  }[],
): Buffer {
  const objects = ['', ''];
  const kids = pictures.map(({ jpeg, width, height, rotate = 0, filter = 'DCTDecode' }) => {
    const image = objects.push(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /${filter} /Length ${jpeg.length} >>\nstream\n${jpeg.toString('latin1')}\nendstream`,
    );
    const [across, down] = [(width * 72) / 150, (height * 72) / 150];
    const content = objects.push(stream(`q ${across} 0 0 ${down} 0 0 cm /I Do Q`));
    return objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] /Rotate ${rotate} /Contents ${content} 0 R /Resources << /XObject << /I ${image} 0 R >> >> >>`,
    );
  });
  objects[0] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  return assemble(objects, 1, []);
}

function assemble(objects: readonly string[], root: number, trailer: readonly string[]): Buffer {
  let file = '%PDF-1.7\n%\xE2\xE3\xCF\xD3\n';
  const offsets = objects.map((body, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = file.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root ${root} 0 R ${trailer.join(' ')} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function drawText({ x, y, size, text, turn = 0 }: PdfText, codes: ReadonlyMap<string, number>): string {
  const runs = text.match(/[\u2E80-\uFFEF]+|[^\u2E80-\uFFEF]+/g) ?? [];
  const shown = runs.map((run) => {
    if (!isWide(run)) return `/F1 ${size} Tf ${literal(run)} Tj`;
    const hex = [...run].map((one) => (codes.get(one) ?? 0).toString(16).padStart(4, '0')).join('');
    return `/F2 ${size} Tf <${hex}> Tj`;
  });
  const [cos, sin] = [turn % 180 === 0 ? 1 - turn / 90 : 0, turn % 180 === 0 ? 0 : 2 - turn / 90];
  return `BT ${cos} ${sin} ${-sin} ${cos} ${x} ${y} Tm ${shown.join(' ')} ET`;
}

function isWide(text: string): boolean {
  return /^[\u2E80-\uFFEF]/.test(text);
}

function literal(text: string): string {
  // The one character of WinAnsi beyond Latin-1 that is used here.
  return `(${text.replaceAll(/[\\()]/g, '\\$&').replaceAll('•', '\u0095')})`;
}

function unicodeMap(codes: ReadonlyMap<string, number>): string {
  const rows = [...codes].map(
    ([character, code]) =>
      `<${code.toString(16).padStart(4, '0')}> <${character.charCodeAt(0).toString(16).padStart(4, '0')}>`,
  );
  const blocks: string[] = [];
  for (let at = 0; at < rows.length; at += 100) {
    const some = rows.slice(at, at + 100);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /U def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks.join('\n')}\nendcmap\nend\nend`;
}

/** Text set in lines of so many letters, as a program that writes PDFs does it. */
export function setLines(
  text: string,
  x: number,
  top: number,
  size: number,
  letters: number,
  leading = 1.25,
): PdfText[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[\u2E80-\uFFEF]|[^\s\u2E80-\uFFEF]+/g) ?? []) {
    const glue = line === '' || (isWide(word) && isWide(line.slice(-1))) ? '' : ' ';
    if (lengthOf(line + glue + word) > letters) {
      lines.push(line);
      line = word;
    } else line += glue + word;
  }
  lines.push(line);
  return lines.map((one, index) => ({ x, y: top - index * size * leading, size, text: one }));
}

function lengthOf(text: string): number {
  return [...text].reduce((sum, one) => sum + (isWide(one) ? 1 / letterWidth : 1), 0);
}
