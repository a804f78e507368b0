import type { DataSet, Element } from 'dicom-parser';

import { attributeOf } from './dicom-dictionary.ts';
import { explicitBigEndian } from './transfer-syntaxes.ts';

/** Of PS3.3, C.12.1.1.2, the character sets in use, by the names that decoders know them by. */
const decoders: Readonly<Record<string, string>> = {
  ISO_IR_100: 'windows-1252',
  ISO_IR_101: 'iso-8859-2',
  ISO_IR_109: 'iso-8859-3',
  ISO_IR_110: 'iso-8859-4',
  ISO_IR_144: 'iso-8859-5',
  ISO_IR_127: 'iso-8859-6',
  ISO_IR_126: 'iso-8859-7',
  ISO_IR_138: 'iso-8859-8',
  ISO_IR_148: 'windows-1254',
  ISO_IR_13: 'shift_jis',
  ISO_IR_166: 'windows-874',
  ISO_IR_192: 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  ISO_2022_IR_58: 'gb18030',
  ISO_2022_IR_87: 'iso-2022-jp',
  ISO_2022_IR_149: 'euc-kr',
};

const textual = new Set([
  'AE',
  'AS',
  'CS',
  'DA',
  'DS',
  'DT',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'ST',
  'TM',
  'UC',
  'UI',
  'UR',
  'UT',
]);
const numeric: Readonly<
  Record<
    string,
    { readonly bytes: number; readonly read: (view: DataView, at: number, isLittle: boolean) => number | bigint }
  >
> = {
  US: { bytes: 2, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  SS: { bytes: 2, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  UL: { bytes: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  SL: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  FL: { bytes: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  FD: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
  UV: { bytes: 8, read: (view, at, isLittle) => view.getBigUint64(at, isLittle) },
  SV: { bytes: 8, read: (view, at, isLittle) => view.getBigInt64(at, isLittle) },
};

const longestText = 2000;
const mostNumbers = 16;

/** `00100010` of the parser's `x00100010`. */
export function tagOf(element: Element): string {
  return element.tag.slice(1).toUpperCase();
}

/** Of no standard: what it means is up to the maker of a device. */
export function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;
}

/** As the file says, or as the standard does where it does not say. */
export function vrOf(element: Element): string | undefined {
  if (element.items !== undefined) return 'SQ';
  const { vr } = element;
  return vr === undefined || vr === 'UN' ? (attributeOf(tagOf(element))?.vr ?? vr) : vr;
}

export function bytesOf({ byteArray }: DataSet, { dataOffset, length }: Element): Uint8Array {
  return byteArray.subarray(dataOffset, dataOffset + length);
}

/** Of the text values of a data set; one that names none is read as Latin letters, which are what such files hold. */
export function decoderOf(dataSet: DataSet): TextDecoder {
  const sets = (dataSet.string('x00080005') ?? '').split('\\').map((set) => set.trim().replaceAll(' ', '_'));
  const names = sets.flatMap((set) => decoders[set] ?? decoders[set.replace('ISO_2022_IR', 'ISO_IR')] ?? []);
  return new TextDecoder(names.at(-1) ?? 'windows-1252');
}

/** For a person to read; undefined for what is no text and no few numbers. */
export function tryShowValue(dataSet: DataSet, element: Element, decoder: TextDecoder): string | undefined {
  const vr = vrOf(element);
  if (vr === undefined) return undefined;
  const bytes = bytesOf(dataSet, element);
  if (textual.has(vr)) {
    const text = decoder
      .decode(bytes.subarray(0, longestText * 4))
      .replaceAll(/[\0\s]+/g, ' ')
      .trim();
    return text.length > longestText ? `${text.slice(0, longestText)}…` : text.replaceAll('\\', ' \\ ');
  }
  const number = numeric[vr];
  if (number === undefined || bytes.length === 0 || bytes.length > number.bytes * mostNumbers) return undefined;
  const isLittle = dataSet.string('x00020010') !== explicitBigEndian;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / number.bytes) }, (_, at) =>
    number.read(view, at * number.bytes, isLittle),
  ).join(' \\ ');
}
