import type { UnreadKind } from '../../../../shared/model/documents/problem-phrases.ts';
import { DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';

/** Streams whose names tell what a compound file (MS-CFB) is. */
const streams: readonly (readonly [name: string, kind: UnreadKind | null])[] = [
  // An Office file that is protected by a password is wrapped in one of these (MS-OFFCRYPTO).
  ['EncryptedPackage', null],
  ['WordDocument', 'Word 97 document'],
  ['Workbook', 'Excel 97 workbook'],
  ['PowerPoint Document', 'PowerPoint 97 presentation'],
  ['__properties_version1.0', 'Outlook message'],
  ['VisioDocument', 'Visio drawing'],
];

/** Names of streams stand in the directory, which may be anywhere; it is not worth following the chains to it. */
const searchedBytes = 32 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** @throws DocumentFailure always: none of these formats can be read */
export async function readOle(file: SourceFile): Promise<never> {
  for (let at = 0; at < Math.min(file.sizeBytes, searchedBytes); at += chunkBytes) {
    const bytes = Buffer.from(await file.read(at, chunkBytes + 128));
    for (const [name, kind] of streams) {
      if (!bytes.includes(Buffer.from(name, 'utf16le'))) continue;
      throw new DocumentFailure(
        kind === null ? { code: 'PASSWORD_PROTECTED', data: {} } : { code: 'NOT_SUPPORTED', data: { kind } },
      );
    }
  }
  throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: 'file of an old Office program' } });
}
