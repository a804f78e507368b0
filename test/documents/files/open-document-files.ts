import { escapeXml, makeZip, xmlHead, type ZipPart } from './zip-writer.ts';

function pack(kind: string, body: string, title: string, styles = '', more: readonly ZipPart[] = []): Buffer {
  return makeZip([
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    { name: 'META-INF/manifest.xml', content: `${xmlHead}<manifest:manifest/>` },
    {
      name: 'meta.xml',
      content: `${xmlHead}<office:document-meta><office:meta><dc:title>${escapeXml(title)}</dc:title></office:meta></office:document-meta>`,
    },
    {
      name: 'content.xml',
      content: `${xmlHead}<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    },
    ...more,
  ]);
}

const paragraph = (text: string): string => `<text:p>${escapeXml(text)}</text:p>`;

function table(rows: readonly (readonly string[])[], name = 'T'): string {
  const cell = (text: string): string => `<table:table-cell>${text === '' ? '' : paragraph(text)}</table:table-cell>`;
  return `<table:table table:name="${escapeXml(name)}">${rows.map((row) => `<table:table-row>${row.map(cell).join('')}</table:table-row>`).join('')}</table:table>`;
}

export interface OdtContent {
  readonly title: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly items: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
  readonly secondPage: string;
}

export function makeOdt(content: OdtContent): Buffer {
  const body = [
    `<text:h text:outline-level="2">${escapeXml(content.heading)}</text:h>`,
    ...content.paragraphs.map(paragraph),
    `<text:list text:style-name="L1">${content.items.map((item) => `<text:list-item>${paragraph(item)}</text:list-item>`).join('')}</text:list>`,
    table(content.rows),
    `<text:p>See<text:note><text:note-citation>1</text:note-citation><text:note-body>${paragraph(content.note)}</text:note-body></text:note></text:p>`,
    `<text:p text:style-name="P1">${escapeXml(content.secondPage)}</text:p>`,
  ];
  const styles =
    '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>';
  return pack('text', `<office:text>${body.join('')}</office:text>`, content.title, styles);
}

export function makeOds(sheets: readonly { name: string; rows: readonly (readonly string[])[] }[]): Buffer {
  const empty =
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
  const tables = sheets.map(({ name, rows }) => table(rows, name).replace('</table:table>', `${empty}</table:table>`));
  return pack('spreadsheet', `<office:spreadsheet>${tables.join('')}</office:spreadsheet>`, '');
}

export function makeOdp(slides: readonly { name: string; paragraphs: readonly string[] }[]): Buffer {
  const pages = slides.map(
    ({ name, paragraphs }) =>
      `<draw:page draw:name="${escapeXml(name)}"><draw:frame><draw:text-box>${paragraphs.map(paragraph).join('')}</draw:text-box></draw:frame></draw:page>`,
  );
  return pack('presentation', `<office:presentation>${pages.join('')}</office:presentation>`, '');
}

export function makeProtectedOdt(): Buffer {
  const manifest = `${xmlHead}<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`;
  return makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    { name: 'META-INF/manifest.xml', content: manifest },
    { name: 'content.xml', content: Buffer.from('not readable without the key') },
  ]);
}

export function makeEpub(title: string, chapters: readonly { title: string; html: string }[]): Buffer {
  return makeZip([
    { name: 'mimetype', content: 'application/epub+zip', stored: true },
    {
      name: 'META-INF/container.xml',
      content: `${xmlHead}<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    },
    {
      name: 'OEBPS/book.opf',
      content: `${xmlHead}<package><metadata><dc:title>${escapeXml(title)}</dc:title></metadata><manifest>${chapters.map((_, index) => `<item id="c${index}" href="text/c%20${index}.xhtml" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
    },
    ...chapters.map((chapter, index) => ({
      name: `OEBPS/text/c ${index}.xhtml`,
      content: `${xmlHead}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>${escapeXml(chapter.title)}</h1>${chapter.html}</body></html>`,
    })),
  ]);
}
