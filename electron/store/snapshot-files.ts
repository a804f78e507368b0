import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { translateStoreError } from './sqlite-errors.ts';
import type { SnapshotReason, SnapshotRecord } from './store.ts';

const reasons: readonly SnapshotReason[] = ['daily', 'update', 'restore', 'person'];

export interface SnapshotFile extends SnapshotRecord {
  readonly path: string;
}

const pattern = /^(\d{6})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z]+)(\.checked)?\.db$/;

/** How many of each reason are kept. One is made each day, so seven of them reach back a week. */
const kept: Readonly<Record<SnapshotReason, number>> = { daily: 7, update: 3, restore: 3, person: 3 };

/** Where the copies of a database lie. */
export function snapshotFolder(database: string): string {
  return path.join(path.dirname(database), 'snapshots');
}

/** The newest first. What is not a snapshot is left out. */
export function listSnapshots(folder: string): SnapshotFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => trySnapshot(folder, name) ?? []).toSorted((a, b) => b.sequence - a.sequence);
}

function trySnapshot(folder: string, name: string): SnapshotFile | undefined {
  const match = pattern.exec(name);
  const reason = reasons.find((known) => known === match?.[8]);
  const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
  if (match === null || reason === undefined || stat?.isFile() !== true) return undefined;
  const [, sequence, year, month, day, hour, minute, second] = match.map(Number);
  return {
    id: name.replace(/(\.checked)?\.db$/, ''),
    sequence: sequence ?? 0,
    madeAtMs: Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second),
    reason,
    checked: match[9] !== undefined,
    sizeBytes: stat.size,
    path: path.join(folder, name),
  };
}

/**
 * The file for the next snapshot; the folder is made when it is absent.
 * @throws DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function nextSnapshotFile(folder: string, reason: SnapshotReason, nowMs: number): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw translateStoreError(error, folder);
  }
  const sequence = (listSnapshots(folder)[0]?.sequence ?? 0) + 1;
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return path.join(folder, `${String(sequence).padStart(6, '0')}-${time}-${reason}.db`);
}

/** Remembers that a snapshot was read from end to end; answers its path from then on. */
export function markChecked(file: string): string {
  if (file.endsWith('.checked.db')) return file;
  const checked = file.replace(/\.db$/, '.checked.db');
  renameSync(file, checked);
  return checked;
}

/** Which snapshots are to go. By number, never by age: a clock set wrong must not take the way back. */
export function choosePruned(snapshots: readonly SnapshotFile[]): SnapshotFile[] {
  const newestFirst = snapshots.toSorted((a, b) => b.sequence - a.sequence);
  const lastGood = newestFirst.find(({ checked }) => checked);
  return reasons.flatMap((reason) =>
    newestFirst
      .filter((snapshot) => snapshot.reason === reason)
      .slice(kept[reason])
      .filter((snapshot) => snapshot !== lastGood),
  );
}

/** The file that is about to take a database's place. */
export function restoringFile(database: string): string {
  return `${database}.restoring`;
}

/** Takes away what was left behind by a copy or a restore that was cut short. The database must not be open. */
export function removeUnfinished(database: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.unfinished']) {
    rmSync(`${restoringFile(database)}${suffix}`, { force: true });
  }
  const own = statSync(database, { throwIfNoEntry: false });
  const folder = snapshotFolder(database);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const { ino, dev } = statSync(file);
    // A restore gives the database a second name before it puts another one in its place; cut short, that is no copy.
    const isDatabase = own !== undefined && own.ino === ino && own.dev === dev;
    if (name.endsWith('.unfinished') || isDatabase) rmSync(file, { force: true });
  }
}
