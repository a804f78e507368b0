import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi, expect } from 'vitest';

import type { Keep } from '../../electron/keep/keep.ts';
import { termsOf } from '../../electron/documents/terms.ts';
import { createTransfer } from '../../electron/transfer/create-transfer.ts';
import type { IncomingFiles } from '../../electron/transfer/incoming-files.ts';
import type { Transfer } from '../../electron/transfer/transfer.ts';
import type { ImportJob } from '../../shared/contract/index.ts';
import { startChat, type ChatUnderTest } from '../chat/chat-under-test.ts';
import { startKeep } from '../keep/keep-under-test.ts';
import { tempFolder } from '../store/temp-folder.ts';

export interface TransferUnderTest {
  readonly under: ChatUnderTest;
  readonly transfer: Transfer;
  readonly keep: Keep;
  /** Imports a file of this content and answers how it went. */
  import(content: string | Uint8Array, name?: string): Promise<ImportJob>;
  importFile(file: string): Promise<ImportJob>;
}

/** Import and export on a real database, with files that are there already. */
export function startTransfer(under: ChatUnderTest = startChat()): TransferUnderTest {
  const keep = startKeep(under);
  const ready = new Map<string, string>();
  const files: Pick<IncomingFiles, 'take'> = {
    take: (ticket) => ({
      path: ready.get(ticket) ?? '',
      name: path.basename(ready.get(ticket) ?? ''),
      sizeBytes: 1,
      [Symbol.dispose]() {},
    }),
  };
  const transfer = createTransfer({
    store: under.store,
    files: { ...unused, ...files },
    outgoing: { find: () => undefined },
    termsOf,
    hold: keep.hold,
    onImported: () => under.chat.refresh(),
    clock: { now: () => under.clock.nowMs },
    log: under.log,
  });
  onTestFinished(() => Promise.resolve(transfer[Symbol.asyncDispose]()));

  const importFile = async (file: string): Promise<ImportJob> => {
    ready.set(file, file);
    transfer.startImport(file);
    return endOf(transfer);
  };
  return {
    under,
    transfer,
    keep,
    importFile,
    import(content, name = 'export.json') {
      const file = path.join(tempFolder(), name);
      writeFileSync(file, content);
      return importFile(file);
    },
  };
}

const unused: IncomingFiles = {
  begin: () => '',
  piece: () => 0,
  drop() {},
  take: () => {
    throw new Error('not used');
  },
  [Symbol.dispose]() {},
};

export async function endOf(transfer: Transfer): Promise<ImportJob> {
  const stop = new AbortController();
  for await (const job of transfer.watch(stop.signal)) {
    if (job !== null && job.state !== 'running') {
      await vi.waitFor(() => expect(transfer.isImporting()).toBe(false));
      return job;
    }
  }
  throw new Error('The watch ended before the import.');
}

export async function textOf(content: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
