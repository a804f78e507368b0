import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { corrupt } from '../failure.ts';
import type { Reading } from '../reading.ts';
import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';
import { readNumbering, readStyles } from './docx-styles.ts';
import { createDocxWriter } from './docx-writer.ts';
import { readCoreTitle, readRelations } from './relations.ts';

/** @throws DocumentFailure */
export async function readDocx(zip: ZipArchive, reading: Reading): Promise<void> {
  await reading.recognised('docx', null);
  const main =
    (await readRelations(zip, '')).find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml';
  if (!zip.has(main)) throw corrupt('the part with its text is missing');
  reading.title(await readCoreTitle(zip));
  const styles = await readStyles(zip);
  const notes = new Map([
    ...(await readNotes(zip, 'word/footnotes.xml', 'w:footnote')),
    ...(await readNotes(zip, 'word/endnotes.xml', 'w:endnote')),
  ]);
  const writer = createDocxWriter(styles, await readNumbering(zip), notes);
  // Pages are sent as they end, so that a long text is never in memory at once.
  const sendFinished = async (): Promise<void> => {
    for (const page of writer.takePages()) await reading.page({ unit: 'page', ...page });
  };
  await readXml(paced(zip.stream(main), sendFinished), writer.listener);
  writer.end();
  await sendFinished();
}

async function* paced(chunks: AsyncGenerator<Uint8Array>, between: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    await between();
  }
}

async function readNotes(zip: ZipArchive, part: string, element: string): Promise<Map<string, DocumentBlock>> {
  const notes = new Map<string, DocumentBlock>();
  const prefix = element === 'w:footnote' ? 'f' : 'e';
  let id: string | null = null;
  let text = '';
  let inText = false;
  await readXml(zip.stream(part), {
    open(name, attributes) {
      if (name === element) {
        // Those with a type are the line above the notes.
        id = attributes['w:type'] === undefined ? (attributes['w:id'] ?? null) : null;
        text = '';
      } else if (name === 'w:t') inText = true;
      else if (name === 'w:p' && text !== '') text += '\n';
    },
    close(name) {
      if (name === 'w:t') inText = false;
      else if (name === element && id !== null) {
        notes.set(prefix + id, { kind: 'footnote', marker: String(notes.size + 1), text: text.trim() });
      }
    },
    text: (value) => void (inText && (text += value)),
  });
  return notes;
}
