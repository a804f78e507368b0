import type { Folder } from '../../shared/contract/index.ts';

/** Folders of conversations; there are few. A removed one is as if it was not there. */
export interface StoredFolders {
  /** By name. */
  all(): readonly Folder[];
  find(folderId: string): Folder | undefined;
  insert(folder: Folder, atMs: number): void;
  update(folderId: string, change: Partial<Omit<Folder, 'id'>>): void;
  /** False when there is no such folder. Its conversations keep it in mind for `restore`. */
  remove(folderId: string, atMs: number): boolean;
  restore(folderId: string): boolean;
}
