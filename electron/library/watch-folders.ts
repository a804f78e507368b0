import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { Log } from '../ports.ts';

const settleMs = 300;
/** A copy that goes on for minutes changes the folder all the time; it is looked at now and then all the same. */
const longestWaitMs = 3000;

/** Tells when something changes in folders, some time after it did and once for many changes. */
export interface FolderWatch extends Disposable {
  /** Watches these from now on. A folder that was replaced by another of the same name is watched anew. */
  setFolders(folders: readonly string[]): Promise<void>;
}

interface Watched {
  readonly watcher: FSWatcher;
  /** Which folder of this name it is. */
  readonly identity: string;
}

export function watchFolders(onChange: () => void, log: Log): FolderWatch {
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let waitingSinceMs: number | undefined;
  let disposed = false;

  const changed = (): void => {
    if (disposed) return;
    const nowMs = performance.now();
    waitingSinceMs ??= nowMs;
    clearTimeout(timer);
    const waitMs = Math.min(settleMs, Math.max(0, waitingSinceMs + longestWaitMs - nowMs));
    timer = setTimeout(() => {
      waitingSinceMs = undefined;
      onChange();
    }, waitMs);
    timer.unref();
  };

  const leave = (folder: string): void => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };

  const enter = (folder: string, identity: string): void => {
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        // So its own end is told. What is made in its place may even get its number on the disk.
        if (event === 'rename' && name === path.basename(folder)) leave(folder);
        changed();
      });
      // Reported when the folder vanishes; the next look makes it again.
      watcher.on('error', (error) => {
        log.debug({ err: error, folder }, 'A folder of models can no longer be watched.');
        leave(folder);
        changed();
      });
      watched.set(folder, { watcher, identity });
    } catch (error) {
      log.warn({ err: error, folder }, 'A folder of models cannot be watched; "look again" finds what is new in it.');
    }
  };

  return {
    async setFolders(folders) {
      const found = new Map<string, string>();
      for (const folder of folders) {
        const stats = await stat(folder).catch(() => undefined);
        if (stats) found.set(folder, `${stats.ino} ${stats.birthtimeMs}`);
      }
      if (disposed) return;
      for (const [folder, { identity }] of watched) if (found.get(folder) !== identity) leave(folder);
      for (const [folder, identity] of found) if (!watched.has(folder)) enter(folder, identity);
    },
    [Symbol.dispose]() {
      disposed = true;
      clearTimeout(timer);
      for (const folder of watched.keys()) leave(folder);
    },
  };
}
