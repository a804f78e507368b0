import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

import type { Log } from '../ports.ts';

/** Tells of places in a folder where something may have changed. */
export interface FolderEvents extends Disposable {
  /** A folder that is there, within the root; empty for the root. */
  enter(folder: string): void;
}

/** Where each folder has a watch of its own the system allows only so many; what is beyond is looked at now and then. */
const watchesLimit = 4096;

/**
 * macOS and Windows tell of a whole folder at once. Elsewhere Node would watch every single file for that, so there each
 * folder is watched by itself as it is found.
 */
export function watchFolder(
  root: string,
  { onPath, log }: { readonly onPath: (place: string) => void; readonly log: Log },
): FolderEvents {
  const whole = process.platform === 'darwin' || process.platform === 'win32';
  const watchers = new Map<string, FSWatcher>();
  let full = false;

  const leave = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const tell = (folder: string, name: string | null): void => {
    const inside = name === null ? '' : name.split(path.sep).join('/');
    const place = [folder, inside].filter((part) => part !== '').join('/');
    // Its watch ends with a folder. Should there be another of its name it is entered again.
    if (!whole && watchers.has(place) && place !== '') leave(place);
    onPath(place);
  };
  const enter = (folder: string): void => {
    if (full || watchers.has(folder) || (whole && folder !== '')) return;
    try {
      const watcher = watch(path.join(root, folder), { persistent: false, recursive: whole }, (_, name) =>
        tell(folder, name),
      );
      watcher.on('error', (error) => {
        log.debug({ err: error }, 'a folder can no longer be watched');
        leave(folder);
        onPath(folder);
      });
      watchers.set(folder, watcher);
      full = watchers.size >= watchesLimit;
    } catch (error) {
      full = true;
      log.warn({ err: error }, 'no more folders can be watched; they are looked through now and then instead');
    }
  };
  return {
    enter,
    [Symbol.dispose]() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      full = true;
    },
  };
}
