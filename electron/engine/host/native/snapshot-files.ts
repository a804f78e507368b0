import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { EngineSnapshots } from '../../../../shared/model/engine-protocol.ts';
import { openSealed, writeSealed } from './sealed-file.ts';

/** A state on disk, and the tokens that it is the memory of. */
export interface SnapshotFile {
  readonly path: string;
  readonly owner: string | undefined;
  readonly tokens: readonly number[];
  readonly stateBytes: number;
}

/** The saved states of one model with one set of parameters. */
export interface SnapshotFiles {
  /** What is there and can be read; what cannot is deleted. */
  list(): Promise<SnapshotFile[]>;
  /** Undefined when it is gone or damaged, and then it is deleted. */
  read(file: SnapshotFile): Promise<Buffer | undefined>;
  /** Undefined when it does not fit into the budget or cannot be written; says why on stderr. */
  write(owner: string | undefined, tokens: readonly number[], state: Uint8Array): Promise<SnapshotFile | undefined>;
  remove(file: SnapshotFile): void;
}

const extension = '.kv';
const unfinished = '.part';
/** Header: numbers of tokens and of bytes of the state, and the fingerprint's digest. */
const headerBytes = 48;
const mostTokens = 16_777_216;
/** Each is opened when its model is loaded. */
const mostFiles = 256;
const nobody = '0000000000000000';

/** `fingerprint` tells apart everything that a state depends on: the model's file, llama.cpp's release, parameters. */
export function openSnapshotFiles(
  { directory, key, budgetBytes }: EngineSnapshots,
  fingerprint: string,
): SnapshotFiles {
  const digest = createHmac('sha256', key).update(fingerprint).digest();
  const prefix = digest.toString('hex', 0, 8);

  const remove = (file: string): void => rmSync(file, { force: true });
  const names = (): string[] => readdirSync(directory).filter((name) => name.endsWith(extension));

  const readHeader = async (file: string): Promise<SnapshotFile> => {
    using reader = openSealed(file, key);
    const header = await reader.read(headerBytes);
    if (!header.subarray(16).equals(digest)) throw new Error('It belongs to another model.');
    const tokenCount = header.readUInt32LE(0);
    const stateBytes = Number(header.readBigUInt64LE(8));
    // What a state may weigh is bounded by the file that holds it.
    const possible = tokenCount > 0 && tokenCount <= mostTokens && stateBytes <= statSync(file).size;
    if (!possible) throw new Error('It is damaged.');
    const bytes = await reader.read(tokenCount * 4);
    const tokens = Array.from({ length: tokenCount }, (_, index) => bytes.readInt32LE(index * 4));
    const owner = path.basename(file).split('-')[1];
    return { path: file, owner: owner === nobody ? undefined : owner, tokens, stateBytes };
  };

  const guarded = async <T>(file: string, doing: string, action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      process.stderr.write(`A saved state could not be ${doing}: ${String(error)}\n`);
      remove(file);
      return undefined;
    }
  };

  /** The longest unused go first, whichever model they belong to. */
  const makeRoom = (neededBytes: number): void => {
    const known = names()
      .map((name) => path.join(directory, name))
      .flatMap((file) => {
        const stat = statSync(file, { throwIfNoEntry: false });
        return stat ? [{ file, sizeBytes: stat.size, usedMs: stat.mtimeMs }] : [];
      })
      .toSorted((a, b) => a.usedMs - b.usedMs);
    let count = known.length;
    let totalBytes = known.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { file, sizeBytes } of known) {
      if (totalBytes + neededBytes <= budgetBytes && count < mostFiles) return;
      remove(file);
      count -= 1;
      totalBytes -= sizeBytes;
    }
  };

  return {
    async list() {
      // A folder that somebody has taken away costs speed, not the load of a model.
      if (!existsSync(directory)) return [];
      for (const name of readdirSync(directory)) {
        if (name.startsWith(prefix) && name.endsWith(unfinished)) remove(path.join(directory, name));
      }
      const found: SnapshotFile[] = [];
      for (const name of names().filter((other) => other.startsWith(prefix))) {
        const file = path.join(directory, name);
        const snapshot = await guarded(file, 'read', () => readHeader(file));
        if (snapshot) found.push(snapshot);
      }
      return found;
    },
    read: (file) =>
      guarded(file.path, 'read', async () => {
        using reader = openSealed(file.path, key);
        await reader.read(headerBytes);
        await reader.read(file.tokens.length * 4);
        const state = await reader.read(file.stateBytes);
        const now = new Date();
        utimesSync(file.path, now, now);
        return state;
      }),
    async write(owner, tokens, state) {
      const neededBytes = state.length + tokens.length * 4;
      // One conversation alone must not push out all others.
      if (neededBytes > budgetBytes / 2) return undefined;
      const file = path.join(directory, `${prefix}-${owner ?? nobody}-${randomBytes(8).toString('hex')}${extension}`);
      const part = file.replace(/\.kv$/, unfinished);
      return guarded(part, 'written', async () => {
        makeRoom(neededBytes);
        const header = Buffer.alloc(headerBytes);
        header.writeUInt32LE(tokens.length, 0);
        header.writeBigUInt64LE(BigInt(state.length), 8);
        digest.copy(header, 16);
        const { buffer } = Int32Array.from(tokens);
        await writeSealed(part, key, [header, Buffer.from(buffer), state]);
        await rename(part, file);
        return { path: file, owner, tokens: [...tokens], stateBytes: state.length };
      });
    },
    remove: (file) => remove(file.path),
  };
}
