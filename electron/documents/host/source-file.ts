import { open, type FileHandle } from 'node:fs/promises';

import type { ExtractionSource } from '../../../shared/model/documents/extraction-protocol.ts';
import { DocumentFailure } from './failure.ts';

/** The bytes of one file, wherever they come from. */
export interface SourceFile extends AsyncDisposable {
  readonly name: string;
  /** In lower case, without the dot; empty when there is none. */
  readonly extension: string;
  readonly sizeBytes: number;
  /** Fewer bytes than asked for only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @throws DocumentFailure FILE_UNREADABLE */
export async function openSource(source: ExtractionSource): Promise<SourceFile> {
  const { name } = source;
  const extension = /\.([a-z0-9]{1,12})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if ('bytes' in source) {
    const { bytes } = source;
    return {
      name,
      extension,
      sizeBytes: bytes.length,
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  try {
    const handle = await open(source.path, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) {
      await handle.close();
      throw unreadable(stat.isDirectory() ? 'EISDIR' : 'EINVAL');
    }
    return {
      name,
      extension,
      sizeBytes: stat.size,
      read: (offset, length) => readFully(handle, offset, length),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    throw error instanceof DocumentFailure ? error : unreadable(codeOf(error), error);
  }
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  try {
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (error) {
    throw unreadable(codeOf(error), error);
  }
  return buffer.subarray(0, filled);
}

function unreadable(reason: string, cause?: unknown): DocumentFailure {
  return new DocumentFailure({ code: 'FILE_UNREADABLE', data: { reason } }, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}
