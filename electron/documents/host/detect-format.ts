import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import type { UnreadKind } from '../../../shared/model/documents/problem-phrases.ts';

/** What the first bytes say; `zip` and `ole` are containers that have to be opened to tell. */
export type Signature =
  | { readonly kind: 'format'; readonly format: DocumentFormat }
  | { readonly kind: 'zip' | 'ole' | 'heic' | 'none' }
  | { readonly kind: 'unsupported'; readonly name: UnreadKind };

const known: readonly (readonly [signature: string, offset: number, format: DocumentFormat | 'zip' | 'ole'])[] = [
  ['{\\rtf', 0, 'rtf'],
  ['PK\x03\x04', 0, 'zip'],
  ['PK\x05\x06', 0, 'zip'],
  ['\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 0, 'ole'],
  ['\x89PNG\r\n', 0, 'image'],
  ['\xFF\xD8\xFF', 0, 'image'],
  ['GIF8', 0, 'image'],
  ['II*\0', 0, 'image'],
  ['MM\0*', 0, 'image'],
  ['WEBP', 8, 'image'],
  ['DICM', 128, 'dicom'],
];

const unsupported: readonly (readonly [signature: string, offset: number, name: UnreadKind])[] = [
  ['ftypavif', 4, 'AVIF picture'],
  ['ftyp', 4, 'video'],
  ['\x1A\x45\xDF\xA3', 0, 'video'],
  ['RIFF', 0, 'audio or video'],
  ['ID3', 0, 'audio'],
  ['OggS', 0, 'audio'],
  ['fLaC', 0, 'audio'],
  ['\xFF\xFB', 0, 'audio'],
  ['\x1F\x8B', 0, 'gzip archive'],
  ['BZh', 0, 'bzip2 archive'],
  ['\xFD7zXZ\0', 0, 'xz archive'],
  ['7z\xBC\xAF\x27\x1C', 0, '7z archive'],
  ['Rar!\x1A\x07', 0, 'RAR archive'],
  ['\x7FELF', 0, 'program'],
  ['MZ', 0, 'program'],
  ['\xCF\xFA\xED\xFE', 0, 'program'],
  ['\xCA\xFE\xBA\xBE', 0, 'program'],
  ['SQLite format 3\0', 0, 'database'],
  ['GGUF', 0, 'language model'],
  ['bplist00', 0, 'binary property list'],
];

/** How many bytes `readSignature` needs to see. */
export const signatureBytes = 4096;

export function readSignature(head: Uint8Array): Signature {
  const latin = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  // Some writers put other bytes first; readers look for the header in the first kilobyte.
  const pdfAt = latin.slice(0, 1024).indexOf('%PDF-');
  if (pdfAt === 0 || (pdfAt > 0 && !latin.startsWith('PK'))) return { kind: 'format', format: 'pdf' };
  for (const [signature, offset, format] of known) {
    if (!latin.startsWith(signature, offset)) continue;
    return format === 'zip' || format === 'ole' ? { kind: format } : { kind: 'format', format };
  }
  if (isHeic(latin)) return { kind: 'heic' };
  for (const [signature, offset, name] of unsupported) {
    // Two letters also begin words; a program has bytes that no text has.
    if (latin.startsWith(signature, offset) && !(signature === 'MZ' && !latin.includes('\0'))) {
      return { kind: 'unsupported', name };
    }
  }
  if (latin.startsWith('BM') && latin.slice(6, 10) === '\0\0\0\0') return { kind: 'format', format: 'image' };
  return { kind: 'none' };
}

/** By its brands (ISO/IEC 23008-12): the first of them, or those it is compatible with where the first is a general one. */
function isHeic(latin: string): boolean {
  const brand = /^.{4}ftyp(.{4})/s.exec(latin)?.[1] ?? '';
  if (/^(?:hei[cxms]|hev[cxms])$/.test(brand)) return true;
  if (brand !== 'mif1' && brand !== 'msf1') return false;
  return !/avif|avis/.test(latin.slice(16, 64));
}
