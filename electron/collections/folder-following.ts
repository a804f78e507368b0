import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';

import type { WatchedFolder, WatchState } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Documents } from '../documents/documents.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/store.ts';
import type { WatchedFile, WatchedFolderRecord } from '../store/watched-files.ts';
import { followFolder, type FollowedFolder } from './follow-folder.ts';
import { readWatchedFile } from './read-file.ts';

export interface FollowingServices {
  readonly store: Pick<Store, 'watches'>;
  readonly documents: Pick<Documents, 'addQuietly' | 'rename'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

/** Every folder that is followed, and the reading of their files, one after the other. */
export interface FolderFollowing extends AsyncDisposable {
  /** Follows what is to be followed now, and nothing else. */
  refresh(): void;
  /** Null for a collection without a folder. */
  show(collectionId: string): WatchedFolder | null;
  pause(collectionId: string, paused: boolean): void;
  rescan(collectionId: string): void;
}

/** After a failure that is not the file's, such as a full disk. */
const troubleMs = 30_000;
/** A file that keeps changing is left to the next event. */
const mostChanges = 3;

export function createFolderFollowing(services: FollowingServices): FolderFollowing {
  const { documents, clock, log, onChange } = services;
  const { watches } = services.store;
  const ended = new AbortController();
  const followed = new Map<string, FollowedFolder>();
  const leaving = new Set<Promise<void>>();
  let current: { readonly collectionId: string; readonly name: string; readonly stop: AbortController } | undefined;
  let reading: Promise<void> | undefined;

  const isPaused = (collectionId: string): boolean => watches.folder(collectionId)?.paused ?? true;
  const leave = (collectionId: string): void => {
    if (current?.collectionId === collectionId) current.stop.abort();
    const folder = followed.get(collectionId);
    followed.delete(collectionId);
    if (folder === undefined) return;
    const left = Promise.resolve(folder[Symbol.asyncDispose]()).finally(() => leaving.delete(left));
    leaving.add(left);
  };
  const enter = (collectionId: string): void => {
    followed.set(
      collectionId,
      followFolder(collectionId, { watches, documents, clock, log, onChange, onReady: readAll }),
    );
  };

  /** The folders take turns, so that a small one need not wait for a large one. */
  const nextFile = (): { collectionId: string; folder: FollowedFolder; file: WatchedFile } | undefined => {
    for (const [collectionId, folder] of followed) {
      if (folder.state !== null) continue;
      const [file] = watches.waiting(collectionId, 1);
      if (file === undefined) continue;
      followed.delete(collectionId);
      followed.set(collectionId, folder);
      return { collectionId, folder, file };
    }
    return undefined;
  };

  const readOn = async (): Promise<void> => {
    const changes = new Map<number, number>();
    for (let next = nextFile(); next !== undefined && !ended.signal.aborted; next = nextFile()) {
      const { collectionId, folder, file } = next;
      const stop = new AbortController();
      current = { collectionId, name: path.posix.basename(file.path), stop };
      onChange();
      try {
        const signal = AbortSignal.any([ended.signal, stop.signal]);
        const outcome = await readWatchedFile(documents, folder.root, file, signal);
        if (outcome !== 'changed') watches.settle(file, outcome, Math.floor(clock.now()));
        else if (!ended.signal.aborted && !stop.signal.aborted) {
          const times = (changes.get(file.rowId) ?? 0) + 1;
          changes.set(file.rowId, times);
          if (times > mostChanges) await delay(troubleMs / 10, undefined, { signal: ended.signal, ref: false });
          folder.lookAgain(file.path);
        }
      } catch (error) {
        if (!isCancellation(error) && !ended.signal.aborted) {
          log.error({ err: error, collectionId }, 'a file of a followed folder could not be kept');
          await delay(troubleMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
        }
      } finally {
        current = undefined;
      }
    }
    onChange();
  };
  function readAll(): void {
    if (reading !== undefined || ended.signal.aborted) return;
    reading = readOn()
      .catch((error: unknown) => {
        if (!ended.signal.aborted) log.error({ err: error }, 'reading followed folders stopped');
      })
      .finally(() => {
        reading = undefined;
        // Something became ready in the very moment it stopped.
        if (!ended.signal.aborted && nextFile() !== undefined) readAll();
      });
  }

  const stateOf = (record: WatchedFolderRecord, waiting: number, files: number): WatchState => {
    const folder = followed.get(record.collectionId);
    if (record.paused || folder === undefined) return { kind: 'paused' };
    if (folder.state !== null) return folder.state;
    if (waiting === 0) return { kind: 'watching' };
    const name = current?.collectionId === record.collectionId ? current.name : null;
    return { kind: 'reading', done: files - waiting, total: files, name };
  };

  return {
    refresh() {
      const wanted = new Map(
        watches
          .folders()
          .filter(({ paused }) => !paused)
          .map((record) => [record.collectionId, record.path]),
      );
      for (const [collectionId, folder] of [...followed]) {
        if (wanted.get(collectionId) !== folder.root) leave(collectionId);
      }
      for (const collectionId of wanted.keys()) if (!followed.has(collectionId)) enter(collectionId);
    },
    show(collectionId) {
      const record = watches.folder(collectionId);
      if (record === undefined) return null;
      const { files, waiting, failed } = watches.counts(collectionId);
      const folder = followed.get(collectionId);
      return {
        path: record.path,
        state: stateOf(record, waiting, files),
        files,
        failed,
        closedFolders: folder?.closedFolders ?? 0,
        tooMany: folder?.tooMany ?? false,
        checkedAt: record.checkedAt,
      };
    },
    pause(collectionId, paused) {
      if (watches.folder(collectionId) === undefined) return;
      watches.updateFolder(collectionId, { paused });
      if (paused) leave(collectionId);
      else if (!followed.has(collectionId)) enter(collectionId);
    },
    rescan(collectionId) {
      if (isPaused(collectionId)) return;
      watches.retryFailed(collectionId);
      followed.get(collectionId)?.lookAgain('');
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      for (const collectionId of [...followed.keys()]) leave(collectionId);
      await Promise.all([...leaving, reading]);
    },
  };
}
