import type Sqlite from 'better-sqlite3-multiple-ciphers';
import { getLoadablePath } from 'sqlite-vec';

/**
 * Makes sqlite-vec's functions known to a connection; nothing that is stored needs them.
 *
 * @returns why that was not possible, as an English sentence; null when it was
 */
export function loadVectorExtension(connection: Sqlite.Database, library?: string): string | null {
  try {
    connection.loadExtension(library ?? libraryPath());
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The system opens it, and cannot look into the app's archive; it lies beside that. */
function libraryPath(): string {
  return outsideArchive(getLoadablePath());
}

export function outsideArchive(file: string): string {
  return file.replace(/([/\\]app\.asar)(?=[/\\])/, '$1.unpacked');
}
