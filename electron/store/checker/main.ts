import Sqlite from 'better-sqlite3-multiple-ciphers';
import { rmSync } from 'node:fs';

import { unlock } from '../cipher.ts';

/**
 * A process of its own that reads a copy of the database from end to end. Reading a gigabyte takes seconds that nobody
 * should wait for, and SQLite cannot be interrupted in the middle of it; a process can.
 */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

const port: unknown = Reflect.get(process, 'parentPort');
if (isParentPort(port)) port.on('message', ({ data }) => port.postMessage(check(data)));
else {
  // The parent may be gone by then.
  process.on('message', (data: unknown) => process.send?.(check(data), undefined, {}, () => undefined));
  process.on('disconnect', () => process.exit());
}

function check(data: unknown): { problems: string[] } {
  if (typeof data !== 'object' || data === null || !('file' in data) || !('key' in data)) {
    return { problems: ['no file'] };
  }
  const { file, key } = data;
  if (typeof file !== 'string' || !(key instanceof Uint8Array)) return { problems: ['no file'] };
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { readonly: true });
    unlock(connection, key);
    connection.pragma('cache_size = -4000');
    const rows = connection.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(20)').all();
    const found = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    const broken = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').get();
    if (broken !== undefined) found.push(`a reference in ${broken.table} leads nowhere`);
    return { problems: found };
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] };
  } finally {
    connection?.close();
    // Made for reading; whoever only reads leaves them behind.
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
