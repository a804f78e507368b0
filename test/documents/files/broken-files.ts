import type { ProblemCode } from '../../../shared/model/documents/document-problem.ts';
import { makeDocx, makeXlsx } from './office-files.ts';
import { makeProtectedOdt } from './open-document-files.ts';
import { makePdf, setLines } from './pdf-writer.ts';
import { makeZip } from './zip-writer.ts';

export interface BrokenFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly code: ProblemCode;
  readonly data?: object;
}

const page = { texts: setLines('Some words that can be read.', 72, 700, 11, 60) };
const letter = makeDocx([{ paragraph: 'Some words.' }]);
const ole = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from('D0CF11E0A1B11AE1', 'hex'),
    Buffer.alloc(1016),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(480),
  ]);

/** Ten times ten entities would be ten billion characters, were they looked at. */
const entities = `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">${Array.from({ length: 10 }, (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`).join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;

export const brokenFiles: readonly BrokenFile[] = [
  { what: 'an empty file', name: 'a.pdf', bytes: Buffer.alloc(0), code: 'EMPTY' },
  { what: 'an archive without parts', name: 'a.docx', bytes: makeZip([]), code: 'EMPTY' },
  { what: 'a text of spaces', name: 'a.txt', bytes: Buffer.from(' \n \n'), code: 'NO_TEXT' },
  {
    what: 'a PDF that needs a password',
    name: 'a.pdf',
    bytes: makePdf([page], { encrypted: true }),
    code: 'PASSWORD_PROTECTED',
  },
  {
    what: 'a Word document that needs a password',
    name: 'a.docx',
    bytes: ole('EncryptedPackage'),
    code: 'PASSWORD_PROTECTED',
  },
  {
    what: 'an OpenDocument text that needs a password',
    name: 'a.odt',
    bytes: makeProtectedOdt(),
    code: 'PASSWORD_PROTECTED',
  },
  {
    what: 'an archive whose parts need a password',
    name: 'a.docx',
    bytes: makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: 'secret', encrypted: true },
    ]),
    code: 'PASSWORD_PROTECTED',
  },
  {
    what: 'an old Word document',
    name: 'a.doc',
    bytes: ole('WordDocument'),
    code: 'NOT_SUPPORTED',
    data: { kind: 'Word 97 document' },
  },
  {
    what: 'a picture of an iPhone',
    name: 'a.jpg',
    bytes: Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1'),
    code: 'HEIC_PICTURE',
  },
  {
    what: 'a program',
    name: 'a.exe',
    bytes: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'),
    code: 'NOT_SUPPORTED',
    data: { kind: 'program' },
  },
  {
    what: 'an ordinary archive',
    name: 'a.zip',
    bytes: makeZip([{ name: 'a.txt', content: 'x' }]),
    code: 'NOT_SUPPORTED',
    data: { kind: 'ZIP archive' },
  },
  {
    what: 'random bytes',
    name: 'a.bin',
    bytes: Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)),
    code: 'NOT_SUPPORTED',
  },
  { what: 'the beginning of a PDF', name: 'a.pdf', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<<'), code: 'CORRUPT' },
  { what: 'half a Word document', name: 'a.docx', bytes: letter.subarray(0, letter.length / 2), code: 'CORRUPT' },
  {
    what: 'an Office file without text',
    name: 'a.docx',
    bytes: makeZip([
      { name: '[Content_Types].xml', content: '' },
      { name: 'word/a', content: '' },
    ]),
    code: 'CORRUPT',
  },
  {
    what: 'an e-book without chapters',
    name: 'a.epub',
    bytes: makeZip([{ name: 'META-INF/container.xml', content: '<container/>' }]),
    code: 'CORRUPT',
  },
  {
    what: 'a mail whose parts have no border',
    name: 'a.eml',
    bytes: Buffer.from('From: a\nSubject: b\nContent-Type: multipart/mixed\n\nx'),
    code: 'CORRUPT',
  },
  {
    what: 'elements nested without end',
    name: 'a.docx',
    bytes: makeZip([
      { name: '[Content_Types].xml', content: '' },
      { name: 'word/document.xml', content: '<w:p>'.repeat(100_000) },
    ]),
    code: 'CORRUPT',
  },
  {
    what: 'an archive that unpacks to very much',
    name: 'a.docx',
    bytes: makeZip([
      { name: '[Content_Types].xml', content: '' },
      { name: 'word/document.xml', content: Buffer.alloc(20_000_000, 32) },
    ]),
    code: 'ZIP_BOMB',
    data: { limitBytes: 10_000_000 },
  },
  {
    what: 'a PDF named as a Word document',
    name: 'a.docx',
    bytes: makePdf([page]),
    code: 'WRONG_EXTENSION',
    data: { extension: 'docx', format: 'pdf' },
  },
  {
    what: 'a text named as a PDF',
    name: 'a.pdf',
    bytes: Buffer.from('Only words.'),
    code: 'WRONG_EXTENSION',
    data: { extension: 'pdf', format: 'text' },
  },
  {
    what: 'a Word document with macros',
    name: 'a.docm',
    bytes: makeDocx([{ paragraph: 'Words.' }], { macros: true }),
    code: 'HAS_MACROS',
  },
  {
    what: 'a PDF with a program',
    name: 'a.pdf',
    bytes: makePdf([page], { script: 'app.alert(1)' }),
    code: 'HAS_MACROS',
  },
  {
    what: 'a PDF with a page without text',
    name: 'a.pdf',
    bytes: makePdf([page, { texts: [] }, page]),
    code: 'PAGES_WITHOUT_TEXT',
    data: { pages: [2] },
  },
  { what: 'a PDF without any text', name: 'a.pdf', bytes: makePdf([{ texts: [] }]), code: 'NO_TEXT' },
  { what: 'a workbook without cells', name: 'a.xlsx', bytes: makeXlsx([{ name: 'a', rows: [] }]), code: 'NO_TEXT' },
  {
    what: 'a text in no encoding',
    name: 'a.txt',
    bytes: Buffer.concat([Buffer.from('abcdefghijklmnopqrstuvwxyz '.repeat(20)), Buffer.from([0x81, 0x20, 0xff])]),
    code: 'ENCODING_UNSURE',
  },
  {
    what: 'a very long text',
    name: 'a.txt',
    bytes: Buffer.from('0123456789\n'.repeat(10_000)),
    code: 'TRUNCATED',
    data: { limitCharacters: 100_000 },
  },
  {
    what: 'a mail with an attachment',
    name: 'a.eml',
    bytes: Buffer.from('From: a\nSubject: b\nContent-Type: application/zip; name="x.zip"\n\nx'),
    code: 'ATTACHMENTS_NOT_READ',
    data: { names: ['x.zip'] },
  },
];

/** Files that say they hold more than they do; they are read as if the rest were not there. */
export const trickyDocx = makeZip([
  { name: '[Content_Types].xml', content: '' },
  {
    name: 'word/document.xml',
    content: `${entities}<w:document><w:p><w:r><w:t>before &a10; &f; after</w:t></w:r></w:p></w:document>`,
  },
]);
