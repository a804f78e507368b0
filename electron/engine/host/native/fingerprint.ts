import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const headBytes = 256 * 1024;
const samples = 64;
const sampleBytes = 4096;

/**
 * Tells a model's file from every other: a SHA-256 of its size, its beginning (where the tensors are named) and samples
 * of its weights, spread evenly. Hashing all of it would take longer than loading it.
 * @throws the system's error when it cannot be read
 */
export function fingerprintFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const hash = createHash('sha256').update(String(size));
    const read = (at: number, sizeBytes: number): void => {
      const bytes = Buffer.alloc(sizeBytes);
      hash.update(bytes.subarray(0, readSync(file, bytes, 0, sizeBytes, at)));
    };
    read(0, headBytes);
    for (let index = 0; index <= samples; index += 1) {
      read(Math.max(0, Math.floor(((size - sampleBytes) * index) / samples)), sampleBytes);
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
