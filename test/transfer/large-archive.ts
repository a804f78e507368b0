import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { deflateRawSync } from 'node:zlib';

import { createZipWriter } from '../../electron/transfer/write-zip.ts';

export interface LargeArchive {
  readonly conversations: number;
  readonly messages: number;
  /** Of the JSON, before it is packed. */
  readonly jsonBytes: number;
}

export interface LargeArchiveOptions {
  /** About as much JSON as is wanted. */
  readonly jsonBytes: number;
  /** A text of about so many characters; no two need be alike. */
  readonly nextText: (chars: number) => string;
  /** Written as `conversations-000.json` and so on in a zip archive, each of about so many bytes; otherwise one JSON file. */
  readonly packedInBytes?: number;
}

/** Messages of the conversations, in turn: many short ones, some long. */
const lengths = [2, 4, 6, 8, 12, 20, 60, 200];
const charsOf = (message: number): number => (message % 2 === 0 ? 120 : 400 + (message % 11) * 160);

/** Writes what ChatGPT exports, of any size, without ever holding more than one file of it. */
export async function writeLargeArchive(file: string, options: LargeArchiveOptions): Promise<LargeArchive> {
  const { jsonBytes: wantedBytes, nextText, packedInBytes } = options;
  const output = createWriteStream(file);
  const write = async (bytes: string | Buffer): Promise<void> => {
    if (!output.write(bytes)) await once(output, 'drain');
  };
  const zip = packedInBytes === undefined ? undefined : createZipWriter();
  let part: string[] = [];
  let partBytes = 0;
  let parts = 0;
  const endPart = async (): Promise<void> => {
    if (zip === undefined || part.length === 0) return;
    const content = Buffer.from(`[${part.join(',')}]`);
    const name = `conversations-${String(parts).padStart(3, '0')}.json`;
    await write(zip.entry({ name, content, compressed: deflateRawSync(content, { level: 1 }), atMs: 0 }));
    [part, partBytes, parts] = [[], 0, parts + 1];
  };

  let [conversations, messages, jsonBytes] = [0, 0, 0];
  if (zip === undefined) await write('[');
  while (jsonBytes < wantedBytes) {
    const count = lengths[conversations % lengths.length] ?? 2;
    const text = JSON.stringify(chatGptThread(conversations, count, nextText));
    const bytes = Buffer.byteLength(text) + 1;
    if (zip === undefined) await write(conversations === 0 ? text : `,${text}`);
    else {
      if (partBytes + bytes > (packedInBytes ?? 0)) await endPart();
      part.push(text);
      partBytes += bytes;
    }
    conversations += 1;
    messages += count;
    jsonBytes += bytes;
  }
  if (zip === undefined) await write(']');
  else {
    await endPart();
    await write(zip.end());
  }
  output.end();
  await finished(output);
  return { conversations, messages, jsonBytes };
}

function chatGptThread(index: number, count: number, nextText: (chars: number) => string): Record<string, unknown> {
  const at = 1_600_000_000 + index * 60;
  const mapping: Record<string, unknown> = {
    root: { id: 'root', parent: null, children: ['m0'], message: null },
  };
  for (let message = 0; message < count; message += 1) {
    const role = message % 2 === 0 ? 'user' : 'assistant';
    mapping[`m${message}`] = {
      id: `m${message}`,
      parent: message === 0 ? 'root' : `m${message - 1}`,
      children: message + 1 < count ? [`m${message + 1}`] : [],
      message: {
        id: `m${message}`,
        author: { role, name: null, metadata: {} },
        create_time: at + message,
        content: { content_type: 'text', parts: [nextText(charsOf(message))] },
        status: 'finished_successfully',
        metadata: role === 'assistant' ? { model_slug: 'gpt-4o' } : {},
        recipient: 'all',
      },
    };
  }
  return {
    title: `Conversation ${index}`,
    create_time: at,
    update_time: at + count,
    conversation_id: `large-${index}`,
    current_node: `m${count - 1}`,
    mapping,
  };
}
