import { lstat } from 'node:fs/promises';
import path from 'node:path';

import type { Documents } from '../documents/documents.ts';
import type { ReadOutcome, WatchedFile } from '../store/watched-files.ts';
import { describe, writeProblem } from './folder-problem.ts';
import { isGone, systemCode } from './system-code.ts';

/** A larger file is said, not read: one of them would keep a whole folder waiting. */
const watchedFileLimitBytes = 300_000_000;

/**
 * What comes of a file of a followed folder; `changed` when it is not the one any more that was found.
 * @throws CANCELLED, DISK_FULL
 */
export async function readWatchedFile(
  documents: Pick<Documents, 'addQuietly'>,
  root: string,
  file: WatchedFile,
  signal: AbortSignal,
): Promise<ReadOutcome | 'changed'> {
  const absolute = path.join(root, file.path);
  const before = await isAsFound(absolute, file);
  if (before !== true) return before;
  if (file.sizeBytes > watchedFileLimitBytes) {
    const data = { sizeBytes: file.sizeBytes, limitBytes: watchedFileLimitBytes };
    return { state: 'failed', problem: writeProblem(describe({ code: 'TOO_LARGE', data })), sha256: null };
  }
  const { document, sha256 } = await documents.addQuietly(
    { path: absolute, name: path.posix.basename(file.path) },
    signal,
  );
  // It may have been written while it was read.
  const after = await isAsFound(absolute, file);
  if (after !== true) return after;
  if ('id' in document && document.usable) return { state: 'read', documentId: document.id, sha256: sha256 ?? '' };
  const [problem] = document.problems.toSorted((a, b) => rank(a.severity) - rank(b.severity));
  return {
    state: 'failed',
    problem: writeProblem(problem?.text ?? describe({ code: 'NO_TEXT', data: {} })),
    sha256,
  };
}

async function isAsFound(absolute: string, file: WatchedFile): Promise<true | 'changed' | ReadOutcome> {
  try {
    const stats = await lstat(absolute);
    if (!stats.isFile() || stats.size !== file.sizeBytes || Math.floor(stats.mtimeMs) !== file.modifiedMs) {
      return 'changed';
    }
    return true;
  } catch (error) {
    if (isGone(error)) return 'changed';
    const data = { reason: systemCode(error) };
    return { state: 'failed', problem: writeProblem(describe({ code: 'FILE_UNREADABLE', data })), sha256: null };
  }
}

const rank = (severity: string): number => ['failed', 'partial', 'note'].indexOf(severity);
