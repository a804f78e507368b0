import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { createDirectClient } from '../../../electron/rpc/direct-client.ts';
import { createRouter } from '../../../electron/rpc/router.ts';
import { createIncomingFiles } from '../../../electron/transfer/create-incoming-files.ts';
import { handOverFile } from '../../../renderer/rpc/hand-over-file.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { createServicesUnderTest } from '../../rpc/services-under-test.ts';
import { tempFolder } from '../../store/temp-folder.ts';

function opened() {
  const folder = path.join(tempFolder(), 'incoming');
  const files = createIncomingFiles({ folder, clock: { now: () => Date.now() }, log: silentLog });
  onTestFinished(() => files[Symbol.dispose]());
  const router = createRouter({ ...createServicesUnderTest(), files }, silentLog);
  return { files, client: createDirectClient(router, { kind: 'test', id: 'direct' }) };
}

test('a file of a page arrives byte for byte, and its progress ends at the whole', async () => {
  const { files, client } = opened();
  const bytes = randomBytes(2_000_003);
  const seen: number[] = [];
  const ticket = await handOverFile(client.files, new File([bytes], 'noise.bin'), {
    signal: AbortSignal.timeout(60_000),
    onProgress: (fraction) => seen.push(fraction),
  });
  using file = files.take(ticket);
  expect(file.name).toBe('noise.bin');
  expect(readFileSync(file.path).equals(bytes)).toBe(true);
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('a file that is given up is forgotten', async () => {
  const { files, client } = opened();
  const abort = new AbortController();
  const tickets: string[] = [];
  const { piece, drop } = client.files;
  const begin: typeof client.files.begin = async (...input) => {
    const begun = await client.files.begin(...input);
    tickets.push(begun.ticket);
    return begun;
  };
  const handing = handOverFile({ begin, piece, drop }, new File([randomBytes(3_000_000)], 'noise.bin'), {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(handing).rejects.toThrow(/abort/i);
  expect(tickets).toHaveLength(1);
  await expect.poll(() => takes(files, tickets[0] ?? '')).toBe('FILE_NOT_HANDED_OVER');
});

function takes(files: ReturnType<typeof opened>['files'], ticket: string): unknown {
  try {
    files.take(ticket)[Symbol.dispose]();
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
