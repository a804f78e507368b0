import { escapeXml, makeZip, xmlHead, type ZipPart } from './zip-writer.ts';

const relationType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function relations(targets: readonly (readonly [id: string, type: string, target: string])[]): string {
  const rows = targets.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${relationType}/${type}" Target="${target}"/>`,
  );
  return `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join('')}</Relationships>`;
}

const contentTypes: ZipPart = {
  name: '[Content_Types].xml',
  content: `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
};

function core(title: string): ZipPart {
  return {
    name: 'docProps/core.xml',
    content: `${xmlHead}<cp:coreProperties><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`,
  };
}

export type DocxPiece =
  | { readonly heading: string; readonly level: number }
  | { readonly paragraph: string; readonly note?: string }
  | { readonly item: string; readonly numbered?: boolean }
  | { readonly rows: readonly (readonly string[])[] }
  | 'page break';

export function makeDocx(pieces: readonly DocxPiece[], options: { title?: string; macros?: boolean } = {}): Buffer {
  const notes: string[] = [];
  const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
  const body = pieces.map((piece) => {
    if (piece === 'page break') return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    if ('heading' in piece) {
      return `<w:p><w:pPr><w:pStyle w:val="H${piece.level}"/></w:pPr>${run(piece.heading)}</w:p>`;
    }
    if ('item' in piece) {
      const number = piece.numbered === true ? 2 : 1;
      return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${number}"/></w:numPr></w:pPr>${run(piece.item)}</w:p>`;
    }
    if ('rows' in piece) {
      const cell = (text: string): string => `<w:tc><w:p>${run(text)}</w:p></w:tc>`;
      return `<w:tbl>${piece.rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
    }
    if (piece.note === undefined) return `<w:p>${run(piece.paragraph)}</w:p>`;
    notes.push(piece.note);
    return `<w:p>${run(piece.paragraph)}<w:r><w:footnoteReference w:id="${notes.length}"/></w:r></w:p>`;
  });
  const names = [1, 2, 3].map(
    (level) =>
      `<w:style w:type="paragraph" w:styleId="H${level}"><w:name w:val="heading ${level}"/><w:pPr><w:outlineLvl w:val="${level - 1}"/></w:pPr></w:style>`,
  );
  const level = (format: string, text: string): string =>
    `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  return makeZip([
    contentTypes,
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'word/document.xml']]) },
    core(options.title ?? ''),
    {
      name: 'word/document.xml',
      content: `${xmlHead}<w:document><w:body>${body.join('')}<w:sectPr/></w:body></w:document>`,
    },
    { name: 'word/styles.xml', content: `${xmlHead}<w:styles>${names.join('')}</w:styles>` },
    {
      name: 'word/numbering.xml',
      content: `${xmlHead}<w:numbering><w:abstractNum w:abstractNumId="0">${level('bullet', '')}</w:abstractNum><w:abstractNum w:abstractNumId="1">${level('decimal', '%1.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
    },
    {
      name: 'word/footnotes.xml',
      content: `${xmlHead}<w:footnotes>${notes.map((note, index) => `<w:footnote w:id="${index + 1}"><w:p>${run(note)}</w:p></w:footnote>`).join('')}</w:footnotes>`,
    },
    ...(options.macros === true ? [{ name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' }] : []),
  ]);
}

/** Cells: text, a number, or a date as days since 1900. */
export type SheetCell = string | number | { readonly date: number };

export function makeXlsx(
  sheets: readonly { name: string; rows: readonly (readonly SheetCell[])[] }[],
  title = '',
): Buffer {
  const shared: string[] = [];
  const cell = (value: SheetCell, row: number, column: number): string => {
    const at = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'object') return `<c r="${at}" s="1"><v>${value.date}</v></c>`;
    shared.push(value);
    return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
  };
  const parts = sheets.map(({ rows }, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: `${xmlHead}<worksheet><sheetData>${rows.map((row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, at, column)).join('')}</row>`).join('')}</sheetData></worksheet>`,
  }));
  return makeZip([
    contentTypes,
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    core(title),
    {
      name: 'xl/workbook.xml',
      content: `${xmlHead}<workbook><sheets>${sheets.map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`]),
      ),
    },
    {
      name: 'xl/styles.xml',
      content: `${xmlHead}<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    ...parts,
    {
      name: 'xl/sharedStrings.xml',
      content: `${xmlHead}<sst>${shared.map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')}</sst>`,
    },
  ]);
}

export interface Slide {
  readonly title: string;
  readonly items: readonly string[];
  readonly notes?: string;
}

export function makePptx(slides: readonly Slide[]): Buffer {
  const paragraph = (text: string, bullet = false): string =>
    `<a:p>${bullet ? '<a:pPr><a:buChar char="•"/></a:pPr>' : ''}<a:r><a:t>${escapeXml(text)}</a:t></a:r></a:p>`;
  const shape = (type: string, y: number, content: string): string =>
    `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="${y}"/></a:xfrm></p:spPr><p:txBody>${content}</p:txBody></p:sp>`;
  const parts = slides.flatMap(({ title, items, notes }, index): ZipPart[] => [
    {
      name: `ppt/slides/slide${index + 1}.xml`,
      // Written in another order than read.
      content: `${xmlHead}<p:sld><p:cSld><p:spTree>${shape('body', 2_000_000, items.map((item) => paragraph(item, true)).join(''))}${shape('title', 100_000, paragraph(title))}${shape('sldNum', 6_000_000, paragraph(String(index + 1)))}</p:spTree></p:cSld></p:sld>`,
    },
    ...(notes === undefined
      ? []
      : [
          {
            name: `ppt/slides/_rels/slide${index + 1}.xml.rels`,
            content: relations([['rId1', 'notesSlide', `../notesSlides/notes${index + 1}.xml`]]),
          },
          {
            name: `ppt/notesSlides/notes${index + 1}.xml`,
            content: `${xmlHead}<p:notes><p:cSld><p:spTree>${shape('body', 0, paragraph(notes))}</p:spTree></p:cSld></p:notes>`,
          },
        ]),
  ]);
  return makeZip([
    contentTypes,
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'ppt/presentation.xml']]) },
    {
      name: 'ppt/presentation.xml',
      content: `${xmlHead}<p:presentation><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      content: relations(slides.map((_, index) => [`rId${index + 1}`, 'slide', `slides/slide${index + 1}.xml`])),
    },
    ...parts,
  ]);
}
