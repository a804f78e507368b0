import type { DocumentReader } from '../documents/document-reader.ts';
import type { Implementer } from './implementer.ts';

export function readerRoutes(os: Implementer['reader'], reader: DocumentReader) {
  return os.router({
    open: os.open.handler(({ input }) => reader.open(input.documentId)),
    piece: os.piece.handler(async ({ input }) => {
      const { buffer, byteOffset, byteLength } = await reader.piece(input.documentId, input.offset, input.lengthBytes);
      return { base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
    }),
    passages: os.passages.handler(({ input }) => ({
      passages: reader.passages(input.documentId, input.from, input.limit),
    })),
  });
}
