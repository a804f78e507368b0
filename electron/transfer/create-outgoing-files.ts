import { randomBytes } from 'node:crypto';

import type { Clock } from '../ports.ts';
import { fileTitle } from './export-markdown.ts';
import type { OutgoingFiles, PreparedContent } from './outgoing-files.ts';
import { createZipWriter } from './write-zip.ts';

const forgottenMs = 10 * 60 * 1000;
/** The oldest make room for new ones. */
const mostFiles = 20;
const mostBytes = 256 * 2 ** 20;

export function createOutgoingFiles({ clock }: { readonly clock: Clock }): OutgoingFiles {
  const files = new Map<string, PreparedContent & { readonly atMs: number }>();

  function forgetOld(): void {
    const now = clock.now();
    let bytes = 0;
    for (const [ticket, { atMs, content }] of [...files].toReversed()) {
      bytes += content.length;
      if (Math.abs(now - atMs) > forgottenMs || bytes > mostBytes) files.delete(ticket);
    }
    for (const ticket of [...files.keys()].slice(0, -mostFiles)) files.delete(ticket);
  }

  function offer(file: PreparedContent): { ticket: string; name: string } {
    const ticket = randomBytes(16).toString('hex');
    const extension = /\.[a-z]{1,4}$/.exec(file.name)?.[0] ?? '';
    const name = `${fileTitle(file.name.slice(0, file.name.length - extension.length))}${extension}`;
    files.set(ticket, { ...file, name, atMs: clock.now() });
    forgetOld();
    return { ticket, name };
  }

  return {
    offer,
    offerZip(name, parts) {
      const zip = createZipWriter();
      const entries = parts.map((part) =>
        zip.entry({ name: part.name, content: part.content, compressed: part.compressed, atMs: clock.now() }),
      );
      return offer({ name, type: 'application/zip', content: Buffer.concat([...entries, zip.end()]) });
    },
    find(ticket) {
      forgetOld();
      const file = files.get(ticket);
      return file && { name: file.name, type: file.type, content: once(file.content) };
    },
  };
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
