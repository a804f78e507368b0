import { isLeftOut } from '../../../shared/model/documents/is-left-out.ts';

/** A folder that was dropped. A page may look into it, but is not told where it lies. */
export interface DroppedFolder {
  readonly name: string;
  readonly entry: FileSystemDirectoryEntry;
  /** What stands for it as a file; the desktop knows its path by it. */
  readonly file: File | null;
}

export interface Dropped {
  readonly files: readonly File[];
  readonly folders: readonly DroppedFolder[];
}

/** What a drop holds. To be called while the event is handled: afterwards nothing of it can be read. */
export function readDropped({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Dropped {
  const folders: DroppedFolder[] = [];
  const plain: File[] = [];
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isFolder(entry)) folders.push({ name: entry.name, entry, file });
    else if (file !== null) plain.push(file);
  }
  return folders.length === 0 ? { files: [...files], folders } : { files: plain, folders };
}

export interface FoundEntry {
  /** Within the folder, with `/` between its parts. */
  readonly path: string;
  readonly entry: FileSystemFileEntry;
}

export interface FolderContents {
  readonly files: readonly FoundEntry[];
  /** Folders that could not be looked into. */
  readonly closed: readonly { readonly path: string; readonly error: unknown }[];
  /** There are more files than are taken. */
  readonly tooMany: boolean;
}

export interface LookOptions {
  readonly signal: AbortSignal;
  readonly limit: number;
  readonly onFound: (files: number) => void;
}

/** The files in a dropped folder and below, without those that are passed over in a followed one. */
export async function lookThrough(
  root: FileSystemDirectoryEntry,
  { signal, limit, onFound }: LookOptions,
): Promise<FolderContents> {
  const files: FoundEntry[] = [];
  const closed: { path: string; error: unknown }[] = [];
  const waiting: { path: string; entry: FileSystemDirectoryEntry }[] = [{ path: '', entry: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const inside = ({ name }: FileSystemEntry): string => (next?.path ? `${next.path}/${name}` : name);
    const reader = next.entry.createReader();
    try {
      for (let entries = await readSome(reader); entries.length > 0; entries = await readSome(reader)) {
        signal.throwIfAborted();
        for (const entry of entries) {
          if (isFolder(entry)) {
            if (!isLeftOut(entry.name, 'folder')) waiting.push({ path: inside(entry), entry });
          } else if (isFile(entry) && !isLeftOut(entry.name, 'file')) {
            if (files.length === limit) return { files, closed, tooMany: true };
            files.push({ path: inside(entry), entry });
          }
        }
        onFound(files.length);
      }
    } catch (error) {
      signal.throwIfAborted();
      closed.push({ path: next.path, error });
    }
  }
  return { files, closed, tooMany: false };
}

export function openEntry(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A part of what is in it; empty at the end. */
function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => {
    reader.readEntries(resolve, reject);
  });
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
