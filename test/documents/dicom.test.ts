import { inflateSync } from 'node:zlib';

import dicomParser, { type DataSet } from 'dicom-parser';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';

import type { ExtractionProduct } from '../../shared/model/documents/extraction-protocol.ts';
import { openExtractor } from './extractor-under-test.ts';
import { makeDicom, number16, pixelAttributes, scanAttributes, type MadeAttribute } from './files/dicom-writer.ts';
import { mutate } from './files/mutate.ts';

const extractor = openExtractor();
afterAll(() => extractor[Symbol.asyncDispose]());

const uidKey = Buffer.alloc(32, 7);
const implicit = '1.2.840.10008.1.2';
const explicit = '1.2.840.10008.1.2.1';

async function make(bytes: Buffer, product: ExtractionProduct) {
  const pieces: Uint8Array[] = [];
  const { problems } = await extractor.extract(
    { bytes, name: 'a.dcm' },
    { make: product, onMade: (piece) => void pieces.push(piece) },
  );
  return { made: Buffer.concat(pieces), problems };
}

async function deidentified(bytes: Buffer): Promise<{ copy: Buffer; parsed: DataSet }> {
  const { made, problems } = await make(bytes, { kind: 'deidentified', uidKey });
  expect(problems).toEqual([]);
  return { copy: made, parsed: dicomParser.parseDicom(made) };
}

describe('a DICOM file is read', () => {
  test('with its header as a table that marks what tells of a person', async () => {
    const { format, pages, problems } = await extractor.extract({
      bytes: makeDicom({ attributes: scanAttributes }),
      name: 'IM.0001',
    });
    expect(format).toBe('dicom');
    expect(problems).toEqual([]);
    const [page] = pages;
    expect(page).toMatchObject({ widthPt: 8, heightPt: 4, pictures: 1 });
    const table = page?.blocks.find((block) => block.kind === 'table');
    expect(table?.kind === 'table' ? table.rows : []).toEqual(
      expect.arrayContaining([
        ['(0010,0010)', "Patient's Name (PHI)", 'Gonzalez^Maria=王^小明'],
        ['(0018,0015)', 'Body Part Examined', 'CHEST'],
        ['(0028,0010)', 'Rows', '4'],
        ['> (0008,1155)', 'Referenced SOP Instance UID (PHI)', '1.3.6.1.4.1.99999.1.2.3'],
      ]),
    );
    const facts = page?.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
    expect(facts).toContain('Private attributes: 2');
    expect(facts).toContain('Frames: 1');
  });

  test('and said so where its picture is compressed, with the name of the way', async () => {
    const bytes = makeDicom({
      attributes: scanAttributes.filter(([tag]) => tag !== '7FE00010').concat([['7FE00010', 'OB', Buffer.alloc(10)]]),
      transferSyntax: '1.2.840.10008.1.2.4.90',
    });
    const { problems } = await extractor.extract({ bytes, name: 'a.dcm' });
    expect(problems).toEqual([{ code: 'PICTURE_NOT_SHOWN', data: { kind: 'JPEG 2000 Lossless' } }]);
    expect((await make(bytes, { kind: 'picture' })).problems).toEqual(problems);
  });
});

describe('its picture', () => {
  test.each([explicit, implicit])('is drawn through the window that the file names, in %s', async (transferSyntax) => {
    const { made } = await make(makeDicom({ attributes: scanAttributes, transferSyntax }), { kind: 'picture' });
    expect(rowsOf(made, 8)[0]).toEqual([0, 37, 73, 109, 146, 182, 219, 255]);
  });

  test('is drawn in colour', async () => {
    const colours = Buffer.from([255, 0, 0, 0, 255, 0]);
    const attributes: MadeAttribute[] = [
      ['00280002', 'US', number16(3)],
      ['00280004', 'CS', 'RGB'],
      ['00280006', 'US', number16(0)],
      ['00280010', 'US', number16(1)],
      ['00280011', 'US', number16(2)],
      ['00280100', 'US', number16(8)],
      ['7FE00010', 'OW', colours],
    ];
    const { made } = await make(makeDicom({ attributes }), { kind: 'picture' });
    expect(rowsOf(made, 6)[0]).toEqual([...colours]);
  });
});

describe('a de-identified copy', () => {
  test.each([explicit, implicit])(
    'parses again, says what was done, and keeps the pixels, in %s',
    async (transferSyntax) => {
      const { copy, parsed } = await deidentified(makeDicom({ attributes: scanAttributes, transferSyntax }));
      expect(parsed.string('x00020010')).toBe(transferSyntax);
      expect(parsed.string('x00120062')).toBe('YES');
      expect(parsed.string('x00120063')).toContain('PS3.15');
      expect(parsed.elements['x00100010']?.length).toBe(0);
      expect(parsed.string('x00080060')).toBe('CT');
      const pixels = pixelAttributes(8, 4).at(-1)?.[2];
      const element = parsed.elements['x7fe00010'];
      expect(copy.subarray(element?.dataOffset, (element?.dataOffset ?? 0) + (element?.length ?? 0))).toEqual(pixels);
      expect(copy.toString('utf8')).not.toMatch(
        /Gonzalez|王|PID-77123|19800312|20240317|Okafor|MAKER|SENDER|1\.99999\./,
      );
    },
  );

  test('has one new UID for each old one, in every place of it', async () => {
    const { parsed } = await deidentified(makeDicom({ attributes: scanAttributes }));
    const uid = parsed.string('x00080018');
    expect(uid).toMatch(/^2\.25\.\d{1,39}$/);
    expect(parsed.string('x00020003')).toBe(uid);
    expect(parsed.elements['x00081140']?.items?.[0]?.dataSet?.string('x00081155')).toBe(uid);
    expect(parsed.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.2');
    const again = await deidentified(makeDicom({ attributes: scanAttributes }));
    expect(again.parsed.string('x00080018')).toBe(uid);
  });

  test('keeps compressed pixels as they are', async () => {
    const fragments = Buffer.from('feff00e000000000feff00e004000000ffd8ffd9feffdde000000000', 'hex');
    const whole = makeDicom({
      attributes: scanAttributes.filter(([tag]) => tag !== '7FE00010'),
      transferSyntax: '1.2.840.10008.1.2.4.50',
    });
    const head = Buffer.from('e07f10004f420000ffffffff', 'hex');
    const { parsed, copy } = await deidentified(Buffer.concat([whole, head, fragments]));
    expect(parsed.elements['x7fe00010']?.fragments).toHaveLength(1);
    expect(copy.subarray(-fragments.length)).toEqual(fragments);
  });

  test(
    'holds nothing of what was personal, whatever it was and however deep it stood',
    { timeout: 300_000 },
    async () => {
      const word = fc.stringMatching(/^[A-Z][a-z]{5,9}[0-9]{2}$/);
      const text = fc.constantFrom(
        '00100010',
        '00100020',
        '00101000',
        '00101040',
        '00104000',
        '00080050',
        '00080080',
        '00081030',
        '0008103E',
        '00204000',
        '00324000',
        '00400254',
        '00081070',
        '00321060',
        '00380300',
        '00181030',
        '00181000',
        '00091001',
        '00700084',
        '00189999',
        '00289997',
      );
      const attribute = fc.tuple(text, word);
      const personal = fc.record({
        outer: fc.uniqueArray(attribute, { selector: ([tag]) => tag, minLength: 1, maxLength: 8 }),
        inner: fc.uniqueArray(attribute, { selector: ([tag]) => tag, maxLength: 6 }),
        sequence: fc.constantFrom('00081140', '00082112', '00400275', '00089215', '00091002'),
        transferSyntax: fc.constantFrom(explicit, implicit),
      });
      await fc.assert(
        fc.asyncProperty(personal, async ({ outer, inner, sequence, transferSyntax }) => {
          const made = (pairs: readonly (readonly [string, string])[]): MadeAttribute[] =>
            pairs.map(([tag, value]) => [tag, tag === '00100010' || tag === '00081070' ? 'PN' : 'LO', value]);
          const bytes = makeDicom({
            attributes: [
              ...made(outer),
              [sequence, 'SQ', [made(inner)]],
              ['00080018', 'UI', '1.3.6.1.4.1.99999.1.2.3'],
              ...pixelAttributes(2, 2),
            ],
            transferSyntax,
          });
          const { copy } = await deidentified(bytes);
          const readable = copy.toString('latin1').toUpperCase();
          expect([...outer, ...inner].filter(([, value]) => readable.includes(value.toUpperCase()))).toEqual([]);
        }),
        { numRuns: 120, seed: 15 },
      );
    },
  );

  test('has no name of the patient in a text that stays', async () => {
    const attributes: MadeAttribute[] = [...scanAttributes, ['00081090', 'LO', 'Scanner for gonzalez']];
    const { parsed } = await deidentified(makeDicom({ attributes }));
    expect(parsed.elements['x00081090']?.length).toBe(0);
  });

  test(
    'of a damaged file is made or refused with a reason, and never ends the reader',
    { timeout: 300_000 },
    async () => {
      const whole = makeDicom({ attributes: scanAttributes });
      const outcomes = new Set<string>();
      for (let seed = 1; seed <= 80; seed += 1) {
        for (const product of [{ kind: 'deidentified', uidKey }, { kind: 'picture' }] as const) {
          const { made, problems } = await make(mutate(whole, seed), product);
          expect(made.length > 0, `seed ${seed}: ${JSON.stringify(problems)}`).toBe(problems.length === 0);
          for (const { code } of problems) outcomes.add(code);
        }
      }
      expect([...outcomes].filter((code) => /CRASHED|LIMIT/.test(code))).toEqual([]);
    },
  );

  test('is refused of a file that ends in the middle of its header', async () => {
    const damaged = makeDicom({ attributes: scanAttributes }).subarray(0, 400);
    const { made, problems } = await make(damaged, { kind: 'deidentified', uidKey });
    expect(made).toHaveLength(0);
    expect(problems).toMatchObject([{ code: 'CORRUPT' }]);
  });
});

/** The samples of a PNG with one IDAT chunk and no filters, row by row. */
function rowsOf(png: Buffer, rowBytes: number): number[][] {
  const at = png.indexOf('IDAT');
  const raw = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const rows: number[][] = [];
  for (let row = 0; row * (rowBytes + 1) < raw.length; row += 1) {
    rows.push([...raw.subarray(row * (rowBytes + 1) + 1, (row + 1) * (rowBytes + 1))]);
  }
  return rows;
}
