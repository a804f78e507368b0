import { execFile, execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { translateStoreError } from './sqlite-errors.ts';

const run = promisify(execFile);

/** Left free beside a copy: the app goes on writing meanwhile. */
const reserveBytes = 64 * 1024 * 1024;

/**
 * Copies a file beside its target and renames it, so a file by that name is whole and stays whole. A program of the system
 * does it: it clones where the disk can (no time, no space), nothing waits for it, and this process must not open and
 * close a database it is using: POSIX would drop SQLite's lock on the file with the first descriptor that is closed.
 *
 * @throws DISK_FULL, DATA_DIRECTORY_UNUSABLE, CANCELLED by an AbortError
 */
export async function copyFileWhole(from: string, to: string, signal?: AbortSignal): Promise<void> {
  const unfinished = `${to}.unfinished`;
  try {
    requireSpace(from, to);
    await run('/bin/cp', copyArguments(from, unfinished), { signal });
    settle(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { force: true });
    signal?.throwIfAborted();
    throw explain(error, to);
  }
}

/** The same at once, for the start of the app. */
export function copyFileWholeSync(from: string, to: string): void {
  const unfinished = `${to}.unfinished`;
  try {
    execFileSync('/bin/cp', copyArguments(from, unfinished), { stdio: ['ignore', 'ignore', 'pipe'] });
    settle(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw explain(error, to);
  }
}

function copyArguments(from: string, to: string): string[] {
  return process.platform === 'darwin' ? ['-c', from, to] : ['--reflink=auto', '--', from, to];
}

function settle(unfinished: string, to: string): void {
  syncFile(unfinished);
  renameSync(unfinished, to);
  syncFile(path.dirname(to));
}

/** Makes sure that a file, or what a folder lists, outlives a loss of power. */
export function syncFile(target: string): void {
  const descriptor = openSync(target, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function requireSpace(from: string, to: string): void {
  const { bavail, bsize } = statfsSync(path.dirname(to));
  if (bavail * bsize < statSync(from).size + reserveBytes) throw full(to);
}

function explain(error: unknown, to: string): unknown {
  // The program says it in words of its own; the disk says it in numbers.
  if (error instanceof Error && 'stderr' in error) {
    return String(error.stderr).includes('No space') || spaceLeft(to) < 1024 * 1024
      ? full(to, error)
      : new ClawdbotError(
          'DATA_DIRECTORY_UNUSABLE',
          `Clawdbot cannot write ${to}: ${String(error.stderr).trim() || error.message}. Change the permissions of the folder, or choose another one with --data-dir.`,
          { path: path.dirname(to), reason: String(error.stderr).trim() || error.message },
          { cause: error },
        );
  }
  return translateStoreError(error, to);
}

function spaceLeft(to: string): number {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(to));
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

function full(to: string, cause?: unknown): ClawdbotError {
  return new ClawdbotError(
    'DISK_FULL',
    `The disk with ${path.dirname(to)} has no room for a copy of the database. Free some space and try again; nothing was changed.`,
    { path: to },
    { cause },
  );
}
