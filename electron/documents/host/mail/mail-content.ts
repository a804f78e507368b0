import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { corrupt } from '../failure.ts';
import { decodeHtml } from '../html/read-html.ts';
import { htmlBlocks } from '../html/html-blocks.ts';
import { decodeText } from '../text/decode-text.ts';
import { plainBlocks } from '../text/plain-blocks.ts';
import {
  decodeWords,
  parseField,
  quotedBytes,
  splitMessage,
  tryDecodeCharset,
  type MailHeaders,
} from './mime-header.ts';

export interface MailContent {
  readonly subject: string;
  readonly blocks: readonly DocumentBlock[];
  /** Names of what was attached and not read. */
  readonly attachments: readonly string[];
  readonly pictures: number;
}

const mostDepth = 20;
const mostParts = 2000;
const shownHeaders = ['from', 'to', 'cc', 'date'] as const;

/** The readable parts of a message of RFC 5322 with MIME. `message` is text of one byte a character. */
export function mailContent(message: string): MailContent {
  const blocks: DocumentBlock[] = [];
  const attachments: string[] = [];
  let pictures = 0;
  let parts = 0;

  const readMessage = (text: string, depth: number): string => {
    const { headers, body } = splitMessage(text);
    const subject = decodeWords(headers.get('subject') ?? '').trim();
    if (subject !== '') blocks.push({ kind: 'heading', level: Math.min(6, depth + 1), text: subject });
    const lines = shownHeaders.flatMap((name) => {
      const value = headers.get(name);
      return value === undefined
        ? []
        : [`${name[0]?.toUpperCase() ?? ''}${name.slice(1)}: ${decodeWords(value).trim()}`];
    });
    if (lines.length > 0) blocks.push({ kind: 'paragraph', text: lines.join('\n') });
    readPart(headers, body, depth);
    return subject;
  };

  const readPart = (headers: MailHeaders, body: string, depth: number): void => {
    parts += 1;
    if (depth > mostDepth || parts > mostParts) throw corrupt('its parts are nested without end');
    const type = parseField(headers.get('content-type') ?? 'text/plain');
    const disposition = parseField(headers.get('content-disposition') ?? '');
    const name = disposition.parameters.get('filename') ?? type.parameters.get('name');
    if (type.value.startsWith('multipart/')) {
      const boundary = type.parameters.get('boundary');
      if (boundary === undefined || boundary === '') throw corrupt('the border between its parts is missing');
      const children = splitParts(body, boundary).map(splitMessage);
      const chosen = type.value === 'multipart/alternative' ? chooseAlternative(children) : children;
      for (const child of chosen) readPart(child.headers, child.body, depth + 1);
    } else if (type.value === 'message/rfc822') {
      readMessage(decodeBody(headers, body).toString('latin1'), depth + 1);
    } else if (disposition.value === 'attachment' || !/^text\/(?:plain|html|markdown)$/.test(type.value)) {
      if (type.value.startsWith('image/') && disposition.value !== 'attachment') pictures += 1;
      else if (type.value !== 'text/css') attachments.push(name ?? type.value);
    } else {
      const bytes = decodeBody(headers, body);
      if (type.value === 'text/html') {
        const charset = type.parameters.get('charset');
        const said = charset === undefined ? undefined : tryDecodeCharset(bytes, charset);
        const html = htmlBlocks(said ?? decodeHtml(bytes));
        blocks.push(...html.blocks);
        pictures += html.pictures;
      } else {
        const decoded = tryDecodeCharset(bytes, type.parameters.get('charset') ?? 'none') ?? decodeText(bytes).text;
        for (const block of plainBlocks(decoded.replaceAll(/\r\n?/g, '\n'))) {
          const { line: _, ...rest } = block;
          blocks.push(rest);
        }
      }
    }
  };

  const subject = readMessage(message, 0);
  return { subject, blocks, attachments, pictures };
}

/** Of the same content in several forms the plainest that is not empty; a web page keeps its tables. */
function chooseAlternative<T extends { headers: MailHeaders; body: string }>(parts: readonly T[]): readonly T[] {
  const typeOf = (part: T): string => parseField(part.headers.get('content-type') ?? 'text/plain').value;
  const plain = parts.find((part) => typeOf(part) === 'text/plain' && part.body.trim() !== '');
  const html = parts.find((part) => typeOf(part) === 'text/html' && part.body.trim() !== '');
  const rich = parts.find((part) => typeOf(part).startsWith('multipart/'));
  const hasTable = html !== undefined && /<table/i.test(html.body);
  const chosen = (hasTable ? html : undefined) ?? plain ?? html ?? rich ?? parts[0];
  return chosen === undefined ? [] : [chosen];
}

function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = [];
  const mark = `--${boundary}`;
  let from = -1;
  for (let at = nextMark(body, mark, 0); at >= 0; at = nextMark(body, mark, at + mark.length)) {
    if (from >= 0) parts.push(body.slice(from, at).replace(/\r?\n$/, ''));
    const lineEnd = body.indexOf('\n', at);
    if (body.startsWith('--', at + mark.length) || lineEnd < 0) return parts;
    from = lineEnd + 1;
  }
  // A message that was cut off still has its beginning.
  if (from >= 0) parts.push(body.slice(from));
  return parts;
}

/** Only at the beginning of a line. */
function nextMark(body: string, mark: string, from: number): number {
  let at = body.indexOf(mark, from);
  while (at > 0 && body[at - 1] !== '\n') at = body.indexOf(mark, at + 1);
  return at;
}

function decodeBody(headers: MailHeaders, body: string): Buffer {
  switch ((headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return quotedBytes(body);
    default:
      return Buffer.from(body, 'latin1');
  }
}
