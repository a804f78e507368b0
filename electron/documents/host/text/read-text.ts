import type { DocumentFormat } from '../../../../shared/model/documents/document-format.ts';
import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { DocumentFailure } from '../failure.ts';
import { readHtml } from '../html/read-html.ts';
import { readMail, readMailbox } from '../mail/read-mail.ts';
import type { Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { codeBlocks } from './code-blocks.ts';
import { codeLanguages } from './code-languages.ts';
import { decodeText } from './decode-text.ts';
import { delimitedBlocks } from './delimited-text.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { sendParts } from './parts.ts';
import { plainBlocks } from './plain-blocks.ts';
import { chooseTextFormat, looksBinary } from './text-format.ts';

/** JSON on lines longer than this was written for programs; it is set on lines of its own. */
const machineLineChars = 1000;

/**
 * Everything that is text. Of a very large file the beginning is read, so that it never has to fit into memory.
 *
 * @throws DocumentFailure
 */
export async function readText(file: SourceFile, reading: Reading): Promise<DocumentFormat> {
  const bytes = await file.read(0, Math.min(file.sizeBytes, 2 * reading.limits.characters));
  const { text, encoding, sure } = decodeText(bytes);
  if (looksBinary(text)) {
    throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: 'unknown binary data' } });
  }
  if (text.trim() === '') throw new DocumentFailure({ code: 'NO_TEXT', data: {} });
  const format = chooseTextFormat(text, file.extension);
  // A web page and a mail say themselves what they are written in.
  const saysItself = format === 'html' || format === 'eml' || format === 'mbox';
  if (!sure && !saysItself) reading.problem({ code: 'ENCODING_UNSURE', data: { encoding } });
  await reading.recognised(format, null);
  await readAs(format, text, bytes, file, reading);
  if (bytes.length < file.sizeBytes) {
    throw new DocumentFailure({ code: 'TRUNCATED', data: { limitCharacters: text.length } });
  }
  return format;
}

async function readAs(
  format: DocumentFormat,
  text: string,
  bytes: Uint8Array,
  { extension }: SourceFile,
  reading: Reading,
): Promise<void> {
  const send = (blocks: Iterable<DocumentBlock>): Promise<void> => sendParts(reading, blocks);
  switch (format) {
    case 'markdown': {
      const { blocks, title } = markdownBlocks(text);
      if (title !== null) reading.title(title);
      return send(blocks);
    }
    case 'csv':
    case 'tsv':
      return send(delimitedBlocks(text, format === 'tsv' ? '\t' : ','));
    case 'html':
      return extension === 'mht' || extension === 'mhtml' ? readMail(bytes, reading) : readHtml(bytes, text, reading);
    case 'eml':
      return readMail(bytes, reading);
    case 'mbox':
      return readMailbox(bytes, reading);
    case 'json':
    case 'yaml':
    case 'xml':
      return send(codeBlocks(format === 'json' ? onLines(text) : text, format));
    case 'code':
      return send(codeBlocks(text, codeLanguages[extension] ?? null));
    default:
      return send(plainBlocks(text));
  }
}

function onLines(json: string): string {
  const lines = json.split('\n').length;
  if (json.length / lines < machineLineChars) return json;
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
