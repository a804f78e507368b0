import { DocumentFailure } from '../failure.ts';
import type { Reading } from '../reading.ts';
import { decodeText } from '../text/decode-text.ts';
import { sendParts } from '../text/parts.ts';
import { htmlBlocks } from './html-blocks.ts';

/** @throws DocumentFailure NO_TEXT */
export async function readHtml(bytes: Uint8Array, text: string, reading: Reading): Promise<void> {
  const { title, blocks, pictures } = htmlBlocks(decodeHtml(bytes, text));
  if (title !== null) reading.title(title);
  if (blocks.length === 0) throw new DocumentFailure({ code: 'NO_TEXT', data: {} });
  await sendParts(reading, blocks, pictures);
}

/** What the page says of its encoding counts where the bytes are not plainly UTF-8. */
export function decodeHtml(bytes: Uint8Array, guessed: string = decodeText(bytes).text): string {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const said = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding=["']([\w-]+)/i.exec(head);
  const encoding = said?.[1] ?? said?.[2];
  if (encoding === undefined || /^utf-?(?:8|16)/i.test(encoding)) return guessed;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return guessed;
  } catch {
    return tryDecode(bytes, encoding) ?? guessed;
  }
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return undefined;
  }
}
