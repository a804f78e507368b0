import { readFile, truncate, writeFile } from 'node:fs/promises';
import { text, u32, type GgufMetadata } from './gguf-values.ts';
import { encodeHeader, writeGguf } from './gguf-writer.ts';
import { tinyModel, writeTinyModel } from './tiny-model.ts';

/** Files that a model folder may hold and no engine may be given. Each writes one. */
export const brokenModels = {
  /** The download was cut off in the middle of the weights. */
  truncated: async (path) => {
    const { sizeBytes } = await writeTinyModel(path);
    await truncate(path, Math.floor(sizeBytes * 0.6));
  },
  /** Cut off before the weights begin. */
  'truncated-header': async (path) => {
    await writeTinyModel(path);
    await truncate(path, 2000);
  },
  /** llama.cpp aborts on this one. */
  'missing-feed-forward': (path) => writeWithout(path, 'llama.feed_forward_length'),
  /** And on this one. */
  'missing-head-count': (path) => writeWithout(path, 'llama.attention.head_count'),
  'missing-tokens': (path) => writeWithout(path, 'tokenizer.ggml.tokens'),
  /** Its description and its tensors disagree. */
  'wrong-sizes': (path) => writeWith(path, { 'llama.embedding_length': u32(64) }),
  'text-in-number': (path) => writeWith(path, { 'llama.block_count': text('one') }),
  /** A vocabulary of 2^60 words. */
  'hostile-lengths': async (path) => {
    await writeTinyModel(path);
    const bytes = await readFile(path);
    const at = bytes.indexOf('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8;
    bytes.writeBigUInt64LE(1n << 60n, at);
    await writeFile(path, bytes);
  },
  /** 2^64 - 1 tensors. */
  'hostile-counts': async (path) => {
    const bytes = Buffer.from(encodeHeader(tinyModel()));
    bytes.writeBigUInt64LE((1n << 64n) - 1n, 8);
    await writeFile(path, bytes);
  },
  'not-gguf': (path) => writeFile(path, '<!doctype html><title>Sign in</title>'),
  empty: (path) => writeFile(path, ''),
} as const satisfies Record<string, (path: string) => Promise<unknown>>;

export type BrokenModelName = keyof typeof brokenModels;

export async function writeBrokenModel(path: string, name: BrokenModelName): Promise<void> {
  await brokenModels[name](path);
}

async function writeWith(path: string, change: GgufMetadata): Promise<void> {
  const file = tinyModel();
  await writeGguf(path, { ...file, metadata: { ...file.metadata, ...change } });
}

async function writeWithout(path: string, key: string): Promise<void> {
  const file = tinyModel();
  const kept = Object.entries(file.metadata).filter(([name]) => name !== key);
  await writeGguf(path, { ...file, metadata: Object.fromEntries(kept) });
}
