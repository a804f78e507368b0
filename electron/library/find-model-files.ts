import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';

import type { Log } from '../ports.ts';
import type { FoundFile } from './found-model.ts';

export interface ModelPlaces {
  /** Named on the command line. */
  readonly files: readonly string[];
  /** Where a person puts models. */
  readonly library: string;
  /** Shipped with the app. */
  readonly bundled: string;
}

export interface FoundFiles {
  /** In the order in which they are preferred; a file that is found twice stands here once. */
  readonly files: readonly FoundFile[];
  /** Which of them the command line names, in its order. */
  readonly named: readonly FoundFile[];
  /** The library and its subfolders, as far as models are looked for. */
  readonly folders: readonly string[];
}

const extension = '.gguf';

/** Looks into the folders and, in the library, one level deeper. A folder that cannot be read counts as empty. */
export async function findModelFiles(places: ModelPlaces, log: Log): Promise<FoundFiles> {
  const inFolder = async (folder: string, source: FoundFile['source'], below = ''): Promise<FoundFile[]> => {
    const entries = await list(folder, log);
    return entries
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isModelName(entry.name))
      .map(({ name }): FoundFile => {
        const label = path.posix.join(below, withoutExtension(name));
        return { path: path.join(folder, name), source, label };
      })
      .toSorted((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
  };

  const subfolders = (await list(places.library, log))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  const below = subfolders.map((name) => path.join(places.library, name));
  const named = places.files.map((file): FoundFile => {
    const absolute = path.resolve(file);
    return { path: absolute, source: 'argument', label: withoutExtension(path.basename(absolute)) };
  });
  const inLibrary = [
    await inFolder(places.library, 'library'),
    ...(await Promise.all(subfolders.map((name) => inFolder(path.join(places.library, name), 'library', name)))),
  ];
  const unique = await withoutRepeats([...named, ...inLibrary.flat(), ...(await inFolder(places.bundled, 'bundled'))]);
  return {
    files: [...new Set(unique.values())],
    named: named.flatMap((file) => unique.get(file) ?? []),
    folders: [places.library, ...below],
  };
}

async function list(folder: string, log: Log) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!absent) log.warn({ err: error, folder }, 'A folder of models cannot be read.');
    return [];
  }
}

/** macOS leaves `._name.gguf` beside files it copies to foreign disks. */
function isModelName(name: string): boolean {
  return !name.startsWith('.') && name.toLowerCase().endsWith(extension);
}

function withoutExtension(name: string): string {
  return name.toLowerCase().endsWith(extension) ? name.slice(0, -extension.length) : name;
}

/** What stands for each file. One of a folder that is also named by --model keeps its place there, and so its id. */
async function withoutRepeats(files: readonly FoundFile[]): Promise<Map<FoundFile, FoundFile>> {
  const reals = await Promise.all(files.map((file) => realpath(file.path).catch(() => file.path)));
  const byReal = new Map<string, FoundFile>();
  for (const [index, file] of files.entries()) {
    const real = reals[index] ?? file.path;
    const known = byReal.get(real);
    if (known === undefined || (known.source === 'argument' && file.source !== 'argument')) byReal.set(real, file);
  }
  return new Map(files.map((file, index) => [file, byReal.get(reals[index] ?? file.path) ?? file]));
}
