import type { IncomingFiles } from '../../electron/transfer/incoming-files.ts';

/** Takes every file and forgets its bytes. */
export function createFakeIncomingFiles(): IncomingFiles {
  const names = new Map<string, { name: string; sizeBytes: number }>();
  return {
    begin(file) {
      const ticket = `ticket-${names.size + 1}`;
      names.set(ticket, file);
      return ticket;
    },
    piece: (_ticket, offset, bytes) => offset + bytes.length,
    drop: (ticket) => void names.delete(ticket),
    take(ticket) {
      const file = names.get(ticket);
      if (file === undefined) throw new Error(`Nothing was handed over under ${ticket}.`);
      return { ...file, path: `/incoming/${ticket}`, [Symbol.dispose]: () => void names.delete(ticket) };
    },
    [Symbol.dispose]: () => names.clear(),
  };
}
