/** A folder by what is in it: a file for 1, another folder, or one that cannot be opened. */
export interface FakeTree {
  readonly [name: string]: 1 | 'closed' | FakeTree;
}

const atOnce = 100;

/** Folders as a browser gives them for a drop: asked in parts, of which the last is empty. */
export function folderEntry(name: string, tree: FakeTree | 'closed'): FileSystemDirectoryEntry {
  return {
    ...about(name, false),
    getDirectory: () => undefined,
    getFile: () => undefined,
    createReader() {
      const waiting = tree === 'closed' ? [] : Object.entries(tree).map(([key, value]) => entryOf(key, value));
      return {
        readEntries(onRead, onError) {
          if (tree === 'closed') onError?.(new DOMException('It may not be read.', 'NotReadableError'));
          else onRead(waiting.splice(0, atOnce));
        },
      };
    },
  };
}

function entryOf(name: string, value: 1 | 'closed' | FakeTree): FileSystemEntry {
  if (value !== 1) return folderEntry(name, value);
  const entry: FileSystemFileEntry = {
    ...about(name, true),
    file: (onFile) => onFile(new File(['text'], name)),
  };
  return entry;
}

function about(name: string, isFile: boolean): FileSystemEntry {
  const filesystem = {} as FileSystem;
  return { name, fullPath: `/${name}`, isFile, isDirectory: !isFile, filesystem, getParent: () => undefined };
}
