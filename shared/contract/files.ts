import { oc } from '@orpc/contract';
import { z } from 'zod';

import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const ticket = z.string().min(1).max(64);
const size = z.number().int().nonnegative();

/** Bytes of one piece at most. */
export const filePieceLimitBytes = 1024 * 1024;

/**
 * How a page hands a file over: a page may not name a path, so the bytes come in pieces, and what they are wanted for
 * (reading a document, importing chats) is told afterwards with the ticket. The same on every transport.
 */
export const filesContract = {
  begin: base.input(z.object({ name: z.string().min(1).max(1000), sizeBytes: size })).output(z.object({ ticket })),
  /** In order. A piece that came already (after a lost connection) is answered like the first time. */
  piece: base
    .input(z.object({ ticket, offset: size, base64: z.base64().max(Math.ceil(filePieceLimitBytes / 3) * 4) }))
    .output(z.object({ receivedBytes: size })),
  /** Forgets a file that is not wanted after all. */
  drop: base.input(z.object({ ticket })).output(z.object({})),
};
