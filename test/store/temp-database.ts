import path from 'node:path';
import { onTestFinished } from 'vitest';

import { openDatabase, type Database, type DatabaseOptions } from '../../electron/store/database.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { tempFolder } from './temp-folder.ts';

export const testKey = new Uint8Array(32).fill(7);

/** A real encrypted database in a folder of its own. */
export function openTempDatabase(options: Partial<DatabaseOptions> = {}): Database {
  const database = openDatabase({
    path: options.path ?? path.join(tempFolder(), 'clawdbot.db'),
    key: testKey,
    log: createRecordingLog(),
    ...options,
  });
  onTestFinished(() => database[Symbol.dispose]());
  return database;
}
