import type { OpenedDocument } from '../../../shared/contract/index.ts';

type MediaType = NonNullable<OpenedDocument['mediaType']>;

const beginnings: readonly { readonly type: MediaType; readonly at: number; readonly bytes: Buffer }[] = [
  { type: 'image/png', at: 0, bytes: Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1') },
  { type: 'image/jpeg', at: 0, bytes: Buffer.from('\u00FF\u00D8\u00FF', 'latin1') },
  { type: 'image/gif', at: 0, bytes: Buffer.from('GIF8', 'latin1') },
  { type: 'image/webp', at: 8, bytes: Buffer.from('WEBP', 'latin1') },
  { type: 'image/bmp', at: 0, bytes: Buffer.from('BM', 'latin1') },
];
const pdfBeginning = Buffer.from('%PDF-', 'latin1');

/** By the first 1024 bytes, never by a name; undefined for what a page cannot show as a picture. */
export function tryMediaType(head: Uint8Array): MediaType | undefined {
  const bytes = Buffer.from(head);
  const picture = beginnings.find((each) => bytes.subarray(each.at, each.at + each.bytes.length).equals(each.bytes));
  // Some programs write a few bytes in front of it; readers accept that anywhere in the first 1024.
  return picture?.type ?? (bytes.includes(pdfBeginning) ? 'application/pdf' : undefined);
}
