import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import type { Reading } from './reading.ts';

/** Extensions that promise a format; those of text promise none, for everything of that kind can be read as text. */
const promised: Readonly<Record<string, DocumentFormat>> = {
  pdf: 'pdf',
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
  pptx: 'pptx',
  pptm: 'pptx',
  ppsx: 'pptx',
  odt: 'odt',
  ods: 'ods',
  odp: 'odp',
  epub: 'epub',
  rtf: 'rtf',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  bmp: 'image',
  tif: 'image',
  tiff: 'image',
  webp: 'image',
  dcm: 'dicom',
  dicom: 'dicom',
  ima: 'dicom',
};

/** The old formats of Office, in whose place other formats are found often enough. */
const old = new Set(['doc', 'xls', 'ppt', 'zip', 'exe', 'dmg', 'mp3', 'mp4']);

const textual = new Set<DocumentFormat>([
  'text',
  'markdown',
  'csv',
  'tsv',
  'html',
  'json',
  'yaml',
  'xml',
  'code',
  'eml',
  'mbox',
]);

export function noteWrongExtension(extension: string, format: DocumentFormat, reading: Pick<Reading, 'problem'>): void {
  // Names of DICOM files often end in a number.
  if (format === 'dicom' && /^\d+$/.test(extension)) return;
  const expected = Object.hasOwn(promised, extension) ? promised[extension] : undefined;
  const isWrong =
    expected === undefined ? old.has(extension) || (extension !== '' && !textual.has(format)) : expected !== format;
  if (isWrong) reading.problem({ code: 'WRONG_EXTENSION', data: { extension, format } });
}
