import type { Client } from '../rpc/client.ts';
import { tryReadError } from '../rpc/read-error.ts';

/** Bytes of one piece; the contract takes no more than 1 MiB. */
export const pieceBytes = 512 * 1024;

/** A range of a document's original. @throws ORIGINAL_MISSING, ORIGINAL_DAMAGED, DOCUMENT_NOT_FOUND */
export async function readOriginal(
  reader: Client['reader'],
  documentId: string,
  begin: number,
  end: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - begin);
  let filled = 0;
  while (filled < bytes.length) {
    const lengthBytes = Math.min(pieceBytes, bytes.length - filled);
    const place = { documentId, offset: begin + filled, lengthBytes };
    const { base64 } = await untilAnswered(() => reader.piece(place, { signal }), signal);
    const piece = fromBase64(base64);
    if (piece.length === 0) break;
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}

/** A line that is lost comes back; what the core itself says is final. */
async function untilAnswered<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || tryReadError(error) !== undefined || attempt === mostAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

const retryMs = 1_000;
const mostAttempts = 30;

function fromBase64(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
