import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';

import type { Log } from '../ports.ts';
import { findModelFiles, type ModelPlaces } from './find-model-files.ts';
import type { FoundModel } from './found-model.ts';
import { createModelInspector } from './inspect-model-file.ts';
import { modelIdOf } from './model-id.ts';
import { tryPartName } from './model-parts.ts';
import { watchFolders } from './watch-folders.ts';

export interface Scan {
  readonly models: readonly FoundModel[];
  /** The first file named on the command line; null where there is none. */
  readonly namedId: string | null;
}

/** Looks for models, and again whenever the library changes; `onScan` is called after every look but the first. */
export interface ModelScanner extends AsyncDisposable {
  readonly last: Scan;
  /** Looks now; a look that is under way is followed by another. */
  scan(): Promise<void>;
}

export async function createModelScanner(places: ModelPlaces, onScan: () => void, log: Log): Promise<ModelScanner> {
  const inspector = createModelInspector(log);
  let last: Scan = { models: [], namedId: null };
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let ready = false;
  let disposed = false;

  const look = async (): Promise<void> => {
    if (disposed) return;
    await mkdir(places.library, { recursive: true }).catch((error: unknown) =>
      log.warn({ err: error, folder: places.library }, 'The folder for models cannot be made.'),
    );
    const { files, named, folders } = await findModelFiles(places, log);
    // Before looking inside: what changes from here on is noticed.
    await watcher.setFolders(folders);
    const present = new Set(files.map((file) => file.path));
    const models: FoundModel[] = [];
    for (const file of files) {
      if (isFurtherPart(file.path, present)) continue;
      const inspected = await inspector.inspect(file.path);
      models.push({ ...file, ...inspected, id: uniqueId(modelIdOf(file), file.path, models) });
    }
    const [first] = named;
    last = { models, namedId: models.find((model) => model.path === first?.path)?.id ?? null };
    if (ready && !disposed) onScan();
  };

  const scan = (): Promise<void> =>
    (next ??= running.then(() => {
      next = undefined;
      running = look();
      return running;
    }));

  const watcher = watchFolders(() => {
    scan().catch((error: unknown) => log.error({ err: error }, 'Looking for models failed.'));
  }, log);
  await scan();
  ready = true;

  return {
    get last() {
      return last;
    },
    scan,
    async [Symbol.asyncDispose]() {
      disposed = true;
      watcher[Symbol.dispose]();
      await Promise.allSettled([next, running]);
    },
  };
}

/** The first part stands for all of them; one whose first part is missing is shown, to say so. */
function isFurtherPart(file: string, present: ReadonlySet<string>): boolean {
  const part = tryPartName(file);
  if (part === undefined || part.index === 0) return false;
  const folder = file.slice(0, file.length - part.nameOf(part.index).length);
  return present.has(`${folder}${part.nameOf(0)}`);
}

/** Two files share an id only when somebody made their names collide on purpose. */
function uniqueId(id: string, path: string, models: readonly FoundModel[]): string {
  if (models.every((model) => model.id !== id)) return id;
  return `${id.slice(0, 55)}:${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
}
