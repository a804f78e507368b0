import { closeSync, openSync, readSync } from 'node:fs';

export interface PackedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lies beside the archive. */
  readonly unpacked: boolean;
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly unpacked?: boolean;
}

/** What an asar archive holds: its header is JSON behind four little-endian lengths, of which the last is its own. */
export function listAsar(file: string): PackedFile[] {
  const opened = openSync(file, 'r');
  try {
    const lengths = Buffer.alloc(16);
    readSync(opened, lengths, 0, 16, 0);
    const header = Buffer.alloc(lengths.readUInt32LE(12));
    readSync(opened, header, 0, header.length, 16);
    const root: Entry = JSON.parse(header.toString('utf8'));
    return filesOf(root, '');
  } finally {
    closeSync(opened);
  }
}

function filesOf({ files = {} }: Entry, folder: string): PackedFile[] {
  return Object.entries(files).flatMap(([name, entry]) =>
    entry.files
      ? filesOf(entry, `${folder}${name}/`)
      : [{ path: `${folder}${name}`, sizeBytes: entry.size ?? 0, unpacked: entry.unpacked === true }],
  );
}
