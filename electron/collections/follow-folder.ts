import { stat } from 'node:fs/promises';

import type { WatchState } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Documents } from '../documents/documents.ts';
import type { Clock, Log } from '../ports.ts';
import type { StoredWatches } from '../store/watched-files.ts';
import { createChangedPlaces } from './changed-places.ts';
import { watchFolder, type FolderEvents } from './folder-events.ts';
import { isPathLeftOut } from '../../shared/model/documents/is-left-out.ts';
import { scanFolder } from './scan-folder.ts';
import { systemCode } from './system-code.ts';

export interface FollowServices {
  readonly watches: StoredWatches;
  readonly documents: Pick<Documents, 'rename'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Something that `state` or the others tell is different. */
  readonly onChange: () => void;
  /** There may be files to be read. */
  readonly onReady: () => void;
}

/** One folder, from the first look on. What is in it is kept up to date; reading is somebody else's. */
export interface FollowedFolder extends AsyncDisposable {
  readonly root: string;
  /** Null when nothing keeps its files from being read. */
  readonly state: Extract<WatchState, { kind: 'looking' | 'unavailable' }> | null;
  readonly closedFolders: number;
  readonly tooMany: boolean;
  lookAgain(place: string): void;
}

/** Saving a file makes several events, and so does unpacking an archive. */
const settleMs = 500;
/** Looked through from time to time all the same: volumes in a network tell of nothing. */
const everyMs = 15 * 60_000;
const unavailableMs = 10_000;

export function followFolder(collectionId: string, services: FollowServices): FollowedFolder {
  const { watches, documents, clock, log, onChange, onReady } = services;
  const record = watches.folder(collectionId);
  const root = record?.path ?? '';
  const ended = new AbortController();
  const places = createChangedPlaces();
  let state: FollowedFolder['state'] = { kind: 'looking', found: 0 };
  let closedFolders = 0;
  let tooMany = false;
  let events: FolderEvents | undefined;
  let working: Promise<void> | undefined;
  let settling: NodeJS.Timeout | undefined;

  const become = (next: FollowedFolder['state']): void => {
    state = next;
    onChange();
  };
  const unavailable = (reason: string): void => {
    events?.[Symbol.dispose]();
    events = undefined;
    become({ kind: 'unavailable', reason });
  };

  /** Undefined when it is not there. */
  const identify = async (): Promise<string | undefined> => {
    try {
      const { ino, birthtimeMs } = await stat(root);
      return `${ino} ${Math.floor(birthtimeMs)}`;
    } catch (error) {
      unavailable(systemCode(error));
      return undefined;
    }
  };

  const look = async (): Promise<void> => {
    const identity = await identify();
    if (identity === undefined || ended.signal.aborted) return;
    // Whatever happened while nobody listened.
    if (events === undefined) places.add('');
    events ??= watchFolder(root, { onPath: changed, log });
    const scopes = places.take();
    if (state?.kind !== 'looking') become({ kind: 'looking', found: 0 });
    const before = watches.folder(collectionId)?.identity ?? null;
    const result = await scanFolder(watches, documents, {
      collectionId,
      root,
      scopes,
      signal: ended.signal,
      onFolder: (folder) => events?.enter(folder),
      onFound: (found) => become({ kind: 'looking', found }),
      async isStillThere(found) {
        if ((await identify()) !== identity) return false;
        // Where a volume was, an empty folder may be left.
        const emptied = scopes.includes('') && found === 0 && before !== null && before !== identity;
        if (emptied && watches.counts(collectionId).files > 0) {
          unavailable('EMPTY');
          return false;
        }
        return true;
      },
    });
    if (!result.complete) {
      if (state?.kind !== 'unavailable') unavailable('ENOENT');
      return;
    }
    if (scopes.includes('')) {
      ({ closedFolders, tooMany } = result);
      watches.updateFolder(collectionId, { identity, checkedAt: Math.floor(clock.now()) });
    }
    become(null);
    onReady();
  };

  const work = async (): Promise<void> => {
    try {
      do await look();
      while (places.size > 0 && state === null && !ended.signal.aborted);
    } catch (error) {
      if (ended.signal.aborted || isCancellation(error)) return;
      log.error({ err: error, collectionId }, 'a folder could not be looked through');
      // As after a full disk: what was found is known, the rest is found the next time.
      unavailable(systemCode(error) || 'ERROR');
    }
  };
  const start = (): void => {
    clearTimeout(settling);
    settling = undefined;
    if (ended.signal.aborted || working !== undefined) return;
    // At once: until it is known what changed nothing is read.
    if (state === null) become({ kind: 'looking', found: 0 });
    working = work().finally(() => {
      working = undefined;
      if (places.size > 0 && state === null) start();
    });
  };
  function changed(place: string): void {
    if (ended.signal.aborted || isPathLeftOut(place)) return;
    places.add(place);
    settling ??= setTimeout(start, settleMs).unref();
  }
  const lookAgain = (place: string): void => {
    places.add(place);
    start();
  };

  const hourly = setInterval(() => lookAgain(''), everyMs).unref();
  const returning = setInterval(() => {
    if (state?.kind === 'unavailable') lookAgain('');
  }, unavailableMs).unref();
  lookAgain('');

  return {
    root,
    get state() {
      return state;
    },
    get closedFolders() {
      return closedFolders;
    },
    get tooMany() {
      return tooMany;
    },
    lookAgain,
    async [Symbol.asyncDispose]() {
      ended.abort();
      clearTimeout(settling);
      clearInterval(hourly);
      clearInterval(returning);
      events?.[Symbol.dispose]();
      await working;
    },
  };
}
