import path from 'node:path';
import { onTestFinished } from 'vitest';

import { createKeep, type KeepServices } from '../../electron/keep/create-keep.ts';
import type { Keep } from '../../electron/keep/keep.ts';
import { createSnapshotFiles } from '../../electron/store/create-snapshot-files.ts';
import { forkChecker } from '../../electron/store/fork-checker.ts';
import { createStoredNotes } from '../../electron/store/stored-notes.ts';
import type { DataStatus } from '../../shared/contract/index.ts';
import type { ChatUnderTest } from '../chat/chat-under-test.ts';
import { testKey } from '../store/temp-database.ts';

const checker = path.resolve(import.meta.dirname, '../../electron/store/checker/main.ts');

/** What keeps the data of a chat under test, by the chat's own clock. */
export function startKeep(under: ChatUnderTest, options: Partial<KeepServices> = {}): Keep {
  const { database, store, log, chat } = under;
  const clock = { now: () => under.clock.nowMs };
  const keep = createKeep({
    store,
    notes: createStoredNotes(database),
    snapshotFiles: createSnapshotFiles({
      database,
      key: testKey,
      clock,
      spawnChecker: () => forkChecker(checker, log),
      log,
    }),
    repair: null,
    wantsCheck: false,
    databaseBytes: () => database.sizeBytes,
    requireQuiet() {
      const running = chat.runningConversation();
      if (running !== undefined) throw new Error('an answer is being written');
    },
    onPurged: () => {},
    onRestored: () => chat.refresh(),
    clock,
    binClock: under.binClock,
    log,
    ...options,
  });
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => (ended ??= Promise.resolve(keep[Symbol.asyncDispose]()));
  onTestFinished(end);
  return { ...keep, [Symbol.asyncDispose]: end };
}

export async function statusOf(keep: Keep): Promise<DataStatus> {
  for await (const status of keep.watch(new AbortController().signal)) return status;
  throw new Error('The watch ended without an event.');
}
