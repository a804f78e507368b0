import { open } from 'node:fs/promises';
import type { ByteSource } from '../../../shared/model/gguf/byte-source.ts';
import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';

/**
 * Looks at a file once more right before llama.cpp does: it may have changed since the library saw it, and what is wrong
 * with it would take this process along.
 * @throws GgufError
 */
export async function inspectFile<T>(path: string, inspect: (source: ByteSource) => Promise<T>): Promise<T> {
  try {
    await using file = await open(path);
    const { size: sizeBytes } = await file.stat();
    return await inspect({
      sizeBytes,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      },
    });
  } catch (error) {
    if (error instanceof GgufError) throw error;
    process.stderr.write(`${path}: ${String(error)}\n`);
    throw new GgufError(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'The file is not there any more.';
  if (code === 'EACCES' || code === 'EPERM') return 'Clawdbot is not allowed to read it.';
  return 'It could not be read from the disk.';
}
