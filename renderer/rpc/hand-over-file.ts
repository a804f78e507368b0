import type { Client } from './client.ts';

/** Bytes of one piece; the contract takes no more than 1 MiB. */
const pieceBytes = 768 * 1024;

export interface HandOverOptions {
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Gives a file to the core and answers with its ticket. A file that is given up is forgotten there. */
export async function handOverFile(
  files: Client['files'],
  file: File,
  { signal, onProgress }: HandOverOptions,
): Promise<string> {
  signal.throwIfAborted();
  const { ticket } = await files.begin({ name: file.name, sizeBytes: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += pieceBytes) {
      signal.throwIfAborted();
      const bytes = await file.slice(offset, offset + pieceBytes).arrayBuffer();
      await files.piece({ ticket, offset, base64: toBase64(new Uint8Array(bytes)) }, { signal });
      onProgress?.(Math.min(1, (offset + bytes.byteLength) / file.size));
    }
    return ticket;
  } catch (error) {
    files.drop({ ticket }).catch(() => undefined);
    throw error;
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // More arguments than this overflow the stack.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
