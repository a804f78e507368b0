import type { Reading } from '../reading.ts';
import { DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';
import { rtfPages } from './rtf-pages.ts';

/** @throws DocumentFailure */
export async function readRtf(file: SourceFile, reading: Reading): Promise<void> {
  await reading.recognised('rtf', null);
  // Pictures are written in hexadecimal digits and make up most of a large file.
  const bytes = await file.read(0, Math.min(file.sizeBytes, 4 * reading.limits.characters));
  const { pages, title } = rtfPages(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  reading.title(title);
  if (pages.length === 0) throw new DocumentFailure({ code: 'NO_TEXT', data: {} });
  for (const page of pages) await reading.page({ unit: 'page', ...page });
}
