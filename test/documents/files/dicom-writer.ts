/** One attribute of a made file: `[tag, VR, value]`; a sequence has lists of attributes as its items. */
export type MadeAttribute = readonly [
  tag: string,
  vr: string,
  value: string | Buffer | readonly (readonly MadeAttribute[])[],
];

export interface MadeDicom {
  readonly attributes: readonly MadeAttribute[];
  /** Default: Explicit VR Little Endian. */
  readonly transferSyntax?: string;
}

const longForms = /^(?:O[BDFLVW]|SQ|UC|UN|UR|UT)$/;

/** A file after DICOM PS3.10, little endian, with sequences of defined length. */
export function makeDicom({ attributes, transferSyntax = '1.2.840.10008.1.2.1' }: MadeDicom): Buffer {
  const meta = encodeAll(
    [
      ['00020001', 'OB', Buffer.from([0, 1])],
      ['00020002', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      ['00020003', 'UI', '1.3.6.1.4.1.99999.1.2.3'],
      ['00020010', 'UI', transferSyntax],
      ['00020012', 'UI', '1.3.6.1.4.1.99999.1'],
      ['00020016', 'AE', 'SENDER'],
    ],
    true,
  );
  const length = encode(['00020000', 'UL', number32(meta.length)], true);
  const body = encodeAll(attributes, transferSyntax !== '1.2.840.10008.1.2');
  return Buffer.concat([Buffer.alloc(128, 0x50), Buffer.from('DICM'), length, meta, body]);
}

function encodeAll(attributes: readonly MadeAttribute[], isExplicit: boolean): Buffer {
  const sorted = attributes.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(sorted.map((attribute) => encode(attribute, isExplicit)));
}

function encode([tag, vr, value]: MadeAttribute, isExplicit: boolean): Buffer {
  const body = padded(encodeValue(value, isExplicit), vr);
  const place = Buffer.alloc(4);
  place.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16));
  place.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  if (!isExplicit) return Buffer.concat([place, number32(body.length), body]);
  if (longForms.test(vr)) return Buffer.concat([place, Buffer.from(vr), Buffer.alloc(2), number32(body.length), body]);
  return Buffer.concat([place, Buffer.from(vr), number16(body.length), body]);
}

function encodeValue(value: MadeAttribute[2], isExplicit: boolean): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  if (Buffer.isBuffer(value)) return value;
  return Buffer.concat(
    value.map((item) => {
      const body = encodeAll(item, isExplicit);
      return Buffer.concat([Buffer.from('feff00e0', 'hex'), number32(body.length), body]);
    }),
  );
}

function padded(bytes: Buffer, vr: string): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(/^(?:UI|O.)$/.test(vr) ? '\0' : ' ')]);
}

export function number16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A grey picture of 16 bits that grows brighter to the right. */
export function pixelAttributes(columns: number, rows: number): MadeAttribute[] {
  const pixels = Buffer.alloc(columns * rows * 2);
  for (let at = 0; at < columns * rows; at += 1) pixels.writeUInt16LE((at % columns) * 100, at * 2);
  return [
    ['00280002', 'US', number16(1)],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', number16(rows)],
    ['00280011', 'US', number16(columns)],
    ['00280100', 'US', number16(16)],
    ['00280101', 'US', number16(16)],
    ['00280102', 'US', number16(15)],
    ['00280103', 'US', number16(0)],
    ['00281050', 'DS', '350'],
    ['00281051', 'DS', '701'],
    ['7FE00010', 'OW', pixels],
  ];
}

export const scanAttributes: readonly MadeAttribute[] = [
  ['00080005', 'CS', 'ISO_IR 192'],
  ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
  ['00080018', 'UI', '1.3.6.1.4.1.99999.1.2.3'],
  ['00080020', 'DA', '20240317'],
  ['00080060', 'CS', 'CT'],
  ['00081030', 'LO', 'Chest of Gonzalez'],
  ['00100010', 'PN', 'Gonzalez^Maria=王^小明'],
  ['00100020', 'LO', 'PID-77123'],
  ['00100030', 'DA', '19800312'],
  ['00080090', 'PN', 'Okafor^Ada'],
  [
    '00081140',
    'SQ',
    [
      [
        ['00081150', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
        ['00081155', 'UI', '1.3.6.1.4.1.99999.1.2.3'],
      ],
    ],
  ],
  ['00090010', 'LO', 'MAKER 1.0'],
  ['00091001', 'LO', 'Private Gonzalez'],
  ['00180015', 'CS', 'CHEST'],
  ['0020000D', 'UI', '1.3.6.1.4.1.99999.5'],
  ...pixelAttributes(8, 4),
];
