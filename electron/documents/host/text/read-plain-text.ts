import { DocumentFailure } from '../failure.ts';
import type { Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { decodeText } from './decode-text.ts';

/** @throws DocumentFailure */
export async function readPlainText(file: SourceFile, reading: Reading): Promise<void> {
  const bytes = await file.read(0, file.sizeBytes);
  const { text, encoding, sure } = decodeText(bytes);
  if (text.trim() === '') throw new DocumentFailure({ code: 'NO_TEXT', data: {} });
  if (!sure) reading.problem({ code: 'ENCODING_UNSURE', data: { encoding } });
  await reading.recognised('text', null);
  await reading.page({ unit: 'part', blocks: [{ kind: 'paragraph', text: text.trim(), line: 1 }] });
}
