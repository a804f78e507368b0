import { readEpub } from '../epub/read-epub.ts';
import { corrupt, DocumentFailure } from '../failure.ts';
import { readDocx } from '../office/read-docx.ts';
import { readPptx } from '../office/read-pptx.ts';
import { readXlsx } from '../office/read-xlsx.ts';
import { readOdt } from '../odf/read-odt.ts';
import type { Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { openZip } from './open-zip.ts';

/** Formats that are archives; which one is told by what lies where. @throws DocumentFailure */
export async function readZip(file: SourceFile, reading: Reading): Promise<void> {
  if (file.sizeBytes === 22) throw new DocumentFailure({ code: 'EMPTY', data: {} });
  const zip = await openZip(file, reading.limits.unpackedBytes);
  if (zip.names.some((name) => /(?:^|\/)vbaProject\.bin$|^Basic\/.*\.xml$/.test(name))) {
    reading.problem({ code: 'HAS_MACROS', data: {} });
  }
  if (zip.has('[Content_Types].xml')) {
    if (zip.names.some((name) => name.startsWith('word/'))) return readDocx(zip, reading);
    if (zip.names.some((name) => name.startsWith('xl/'))) return readXlsx(zip, reading);
    if (zip.names.some((name) => name.startsWith('ppt/'))) return readPptx(zip, reading);
    throw corrupt('the part with its text is missing');
  }
  const type = (await zip.text('mimetype')).trim();
  if (type === 'application/epub+zip' || zip.has('META-INF/container.xml')) return readEpub(zip, reading);
  const openDocument = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/.exec(type)?.[1];
  switch (openDocument) {
    case 'text':
      return readOdt(zip, 'odt', reading);
    case 'spreadsheet':
      return readOdt(zip, 'ods', reading);
    case 'presentation':
      return readOdt(zip, 'odp', reading);
    default:
      throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: 'ZIP archive' } });
  }
}
