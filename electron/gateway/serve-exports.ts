import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';

import type { Transfer } from '../transfer/transfer.ts';

const query = z.union([
  z.object({
    format: z.enum(['json', 'markdown']),
    /** Left out for all. */
    conversation: z.string().min(1).max(64).optional(),
  }),
  z.object({ ticket: z.string().regex(/^[0-9a-f]{32}$/) }),
]);

/** Files that a page lets the browser download; they are written while they are read, whatever their size. */
export function serveExports(server: FastifyInstance, exportFile: Transfer['export']): void {
  server.get('/export', (request, reply) => {
    // Only our own page may make the browser save something; a link from elsewhere is no wish of the person.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') {
      return reply.code(403).type('text/plain').send('This request was refused.\n');
    }
    const asked = query.safeParse(request.query);
    if (!asked.success) return reply.code(400).type('text/plain').send('This request was refused.\n');
    const file = exportFile(
      'ticket' in asked.data
        ? { format: 'prepared', ticket: asked.data.ticket }
        : { format: asked.data.format, conversationId: asked.data.conversation ?? null },
    );
    if (file === undefined) return reply.code(404).type('text/plain').send('There is nothing here.\n');
    return reply
      .header(
        'content-disposition',
        `attachment; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeName(file.name)}`,
      )
      .type(file.type)
      .send(Readable.from(file.content, { objectMode: false, highWaterMark: 64 * 1024 }));
  });
}

function asciiName(name: string): string {
  return name.replaceAll(/[^ -~]|["\\]/g, '_');
}

/** As RFC 8187 wants it. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
