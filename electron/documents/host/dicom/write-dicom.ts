/** One attribute as it is written; `items` for a sequence. */
export type WrittenAttribute = { readonly tag: string; readonly vr: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly items: readonly (readonly WrittenAttribute[])[] }
  /** Fragments of compressed pixel data with their delimiter, as they stood in a file. */
  | { readonly fragments: Uint8Array }
);

/** Their length takes four bytes where the kind of value is written (PS3.5, 7.1.2). */
const longValues = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const undefinedLength = 0xffffffff;

/** Little endian, in ascending order of tags (PS3.5, chapter 7). */
export function writeAttributes(attributes: readonly WrittenAttribute[], isExplicit: boolean): Uint8Array[] {
  return attributes
    .toSorted((a, b) => (a.tag < b.tag ? -1 : 1))
    .flatMap((attribute) => {
      const { tag, vr } = attribute;
      const start = (length: number): Uint8Array => head(tag, isExplicit ? vr : undefined, length);
      if ('bytes' in attribute) {
        const { bytes } = attribute;
        const padding = bytes.length % 2 === 0 ? [] : [Uint8Array.of(vr === 'UI' || vr.startsWith('O') ? 0 : 0x20)];
        return [start(bytes.length + padding.length), bytes, ...padding];
      }
      if ('fragments' in attribute) return [start(undefinedLength), attribute.fragments];
      const items = attribute.items.flatMap((item) => [
        head('FFFEE000', undefined, undefinedLength),
        ...writeAttributes(item, isExplicit),
        head('FFFEE00D', undefined, 0),
      ]);
      return items.length === 0 ? [start(0)] : [start(undefinedLength), ...items, head('FFFEE0DD', undefined, 0)];
    });
}

/** Preamble, prefix and meta information, which is always explicit (PS3.10, 7.1). */
export function writeMeta(attributes: readonly WrittenAttribute[]): Uint8Array[] {
  const written = writeAttributes(attributes, true);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(written.reduce((sum, { length: bytes }) => sum + bytes, 0));
  return [
    Buffer.alloc(128),
    Buffer.from('DICM'),
    ...writeAttributes([{ tag: '00020000', vr: 'UL', bytes: length }], true),
    ...written,
  ];
}

function head(tag: string, vr: string | undefined, length: number): Buffer {
  const isLong = vr !== undefined && longValues.has(vr);
  const bytes = Buffer.alloc(isLong ? 12 : 8);
  bytes.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  bytes.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  if (vr === undefined) {
    bytes.writeUInt32LE(length, 4);
    return bytes;
  }
  bytes.write(vr, 4, 'latin1');
  if (isLong) bytes.writeUInt32LE(length, 8);
  else bytes.writeUInt16LE(length, 6);
  return bytes;
}
