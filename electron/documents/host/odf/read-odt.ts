import { corrupt, DocumentFailure } from '../failure.ts';
import type { Reading } from '../reading.ts';
import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';
import { createOdfWriter } from './odf-writer.ts';
import { createSheetRows } from './sheet-rows.ts';

/** Texts, spreadsheets and presentations of OpenDocument 1.3. @throws DocumentFailure */
export async function readOdt(zip: ZipArchive, format: 'odt' | 'ods' | 'odp', reading: Reading): Promise<void> {
  await reading.recognised(format, null);
  const manifest = await zip.text('META-INF/manifest.xml');
  if (manifest.includes('encryption-data')) throw new DocumentFailure({ code: 'PASSWORD_PROTECTED', data: {} });
  if (!zip.has('content.xml')) throw corrupt('the part with its text is missing');
  reading.title(await readTitle(zip));
  if (format === 'ods') {
    const sheets = createSheetRows(reading);
    await readXml(paced(zip.stream('content.xml'), sheets.send), sheets.listener);
    await sheets.send();
    return;
  }
  const writer = createOdfWriter(format === 'odp' ? 'slide' : 'page');
  const send = async (): Promise<void> => {
    for (const page of writer.takePages()) await reading.page(page);
  };
  await readXml(paced(zip.stream('content.xml'), send), writer.listener);
  writer.end();
  await send();
}

async function* paced(chunks: AsyncGenerator<Uint8Array>, between: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    await between();
  }
}

async function readTitle(zip: ZipArchive): Promise<string> {
  let title = '';
  let inTitle = false;
  await readXml(zip.stream('meta.xml'), {
    open: (name) => void (inTitle = name === 'dc:title'),
    close: () => void (inTitle = false),
    text: (text) => void (inTitle && (title += text)),
  });
  return title;
}
