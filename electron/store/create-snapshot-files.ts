import { rmSync } from 'node:fs';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { CheckerProcess, Clock } from '../ports.ts';
import { checkFile } from './check-file.ts';
import { copyFileWhole } from './copy-file.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { prepareReplacement, snapshotUnusable } from './prepare-replacement.ts';
import {
  choosePruned,
  listSnapshots,
  markChecked,
  nextSnapshotFile,
  restoringFile,
  snapshotFolder,
  type SnapshotFile,
} from './snapshot-files.ts';
import type { SnapshotFiles } from './store.ts';

interface Services extends Pick<DatabaseOptions, 'key' | 'log' | 'migrations'> {
  readonly database: Database;
  readonly clock: Clock;
  readonly spawnChecker: () => CheckerProcess;
}

/** The copies of an open database in the folder beside it. */
export function createSnapshotFiles(services: Services): SnapshotFiles {
  const { database, key, clock, spawnChecker } = services;
  const folder = snapshotFolder(database.path);

  const find = (id: string): SnapshotFile => {
    const found = listSnapshots(folder).find((snapshot) => snapshot.id === id);
    if (found !== undefined) return found;
    throw new ClawdbotError('SNAPSHOT_NOT_FOUND', 'This snapshot is not there any more. Choose another one.', { id });
  };

  return {
    list: () => listSnapshots(folder),
    async take(reason, signal) {
      const file = nextSnapshotFile(folder, reason, clock.now());
      await database.copyTo(file, signal);
      return listSnapshots(folder)[0]?.id ?? '';
    },
    async check(id, signal) {
      const { path: file } = find(id);
      const problems = await checkFile(spawnChecker, { file, key }, signal);
      if (problems.length === 0) markChecked(file);
      return problems;
    },
    prune() {
      for (const { path: file } of choosePruned(listSnapshots(folder))) rmSync(file, { force: true });
    },
    async restore(id, requireQuiet, signal) {
      const snapshot = find(id);
      const restoring = restoringFile(database.path);
      try {
        await copyFileWhole(snapshot.path, restoring, signal);
        prepareReplacement(restoring, { ...services, clock }, database);
        const problems = await checkFile(spawnChecker, { file: restoring, key }, signal);
        if (problems.length > 0) throw snapshotUnusable(id, `it is damaged (${problems[0]})`);
        // Between here and the end nothing else runs, so nothing is written into the one that goes.
        requireQuiet();
        prepareReplacement(restoring, { ...services, clock }, database);
        database.replaceWith(restoring, nextSnapshotFile(folder, 'restore', clock.now()));
      } finally {
        for (const suffix of ['', '-wal', '-shm']) rmSync(`${restoring}${suffix}`, { force: true });
      }
    },
  };
}
