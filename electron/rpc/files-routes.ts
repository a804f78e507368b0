import type { IncomingFiles } from '../transfer/incoming-files.ts';
import type { Implementer } from './implementer.ts';

export function filesRoutes(os: Implementer['files'], files: IncomingFiles) {
  return os.router({
    begin: os.begin.handler(({ input }) => ({ ticket: files.begin(input) })),
    piece: os.piece.handler(({ input }) => ({
      receivedBytes: files.piece(input.ticket, input.offset, Buffer.from(input.base64, 'base64')),
    })),
    drop: os.drop.handler(({ input }) => {
      files.drop(input.ticket);
      return {};
    }),
  });
}
