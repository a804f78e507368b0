import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { pageSecurityHeaders } from '../../shared/model/content-security-policy.ts';
import type { ExportedFile, ExportRequest, Transfer } from '../transfer/transfer.ts';
import { isOwnPage } from './link-policy.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
};

// Letters, digits, _ and - with single dots between them: no separator of any system, no "..", no drive, no stream,
// nothing encoded. What the build writes looks like this; whatever does not is not there.
const segment = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** Path segments below the folder of the pages, and the type to send, for an address of ours; otherwise undefined. */
export function tryAppFile(address: string): { segments: string[]; contentType: string } | undefined {
  if (!isOwnPage(address)) return undefined;
  const { pathname } = new URL(address);
  const segments = pathname === '/' ? ['index.html'] : pathname.slice(1).split('/');
  if (segments.length > 8 || !segments.every((part) => part.length <= 128 && segment.test(part))) return undefined;
  const contentType = contentTypes[path.extname(segments.at(-1) ?? '').toLowerCase()];
  return contentType === undefined ? undefined : { segments, contentType };
}

/**
 * Answers the pages' scheme with files of one folder, with exports (which Electron asks where to save, as they are
 * attachments) and nothing else. Only GET and HEAD.
 */
export function createAppFiles(
  folder: string,
  exportFile: Transfer['export'],
): (request: Request) => Promise<Response> {
  const headers = pageSecurityHeaders();
  const refuse = (status: number) => new Response(null, { status, headers });

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const asked = tryExport(request.url);
    if (asked !== undefined) {
      const exported = request.method === 'GET' ? exportFile(asked) : undefined;
      return exported === undefined ? refuse(404) : sendExport(exported, headers);
    }
    const file = tryAppFile(request.url);
    if (!file) return refuse(404);
    try {
      const content = await readFile(path.join(folder, ...file.segments));
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), {
        headers: { ...headers, 'content-type': file.contentType, 'content-length': String(content.byteLength) },
      });
    } catch {
      // Missing, or a folder: to the page both are simply not there.
      return refuse(404);
    }
  };
}

/** What an address of ours asks to be exported; undefined for any other. */
function tryExport(address: string): ExportRequest | undefined {
  const url = isOwnPage(address) ? URL.parse(address) : null;
  const format = url?.searchParams.get('format');
  const ticket = url?.searchParams.get('ticket') ?? '';
  if (url?.pathname === '/export' && /^[0-9a-f]{32}$/.test(ticket)) return { format: 'prepared', ticket };
  if (url?.pathname !== '/export' || (format !== 'json' && format !== 'markdown')) return undefined;
  return { format, conversationId: url.searchParams.get('conversation') };
}

function sendExport({ name, type, content }: ExportedFile, headers: Record<string, string>): Response {
  const encoder = new TextEncoder();
  const parts = content[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : new Uint8Array(next.value));
    },
    async cancel() {
      await parts.return?.();
    },
  });
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`;
  return new Response(body, { headers: { ...headers, 'content-type': type, 'content-disposition': disposition } });
}
