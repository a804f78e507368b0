import { DocumentFailure } from './failure.ts';
import type { Reading } from './reading.ts';
import type { SourceFile } from './source-file.ts';
import { readPlainText } from './text/read-plain-text.ts';

/** @throws DocumentFailure */
export async function readDocument(file: SourceFile, reading: Reading): Promise<void> {
  const { sizeBytes } = file;
  if (sizeBytes === 0) throw new DocumentFailure({ code: 'EMPTY', data: {} });
  const limitBytes = reading.limits.fileBytes;
  if (sizeBytes > limitBytes) throw new DocumentFailure({ code: 'TOO_LARGE', data: { sizeBytes, limitBytes } });
  await readPlainText(file, reading);
}
