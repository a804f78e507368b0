import { longestPrefix } from './longest-prefix.ts';
import type { SnapshotFile, SnapshotFiles } from './snapshot-files.ts';

export interface Snapshot {
  readonly tokens: readonly number[];
  readonly owner: string | undefined;
}

/** The states of conversations that rest: the newest in memory, and on disk where there is a place for them. */
export interface Snapshots extends AsyncDisposable {
  /** The one that has most in common with a prompt, in tokens from its beginning. */
  find(prompt: readonly number[]): { readonly snapshot: Snapshot; readonly commonTokens: number } | undefined;
  /** Undefined when it turns out to be gone. */
  read(snapshot: Snapshot): Promise<Uint8Array | undefined>;
  /** Takes over the state. Shorter ones of the same conversation are given up. */
  keep(owner: string | undefined, tokens: readonly number[], state: Uint8Array): void;
  /** Writes to disk what is new enough to be worth it. */
  flush(): Promise<void>;
  forget(owner: string): void;
}

interface Held extends Snapshot {
  readonly state: Uint8Array;
  written: boolean;
}

export interface SnapshotsOptions {
  /** Undefined keeps them in memory only. */
  readonly files: SnapshotFiles | undefined;
  readonly memoryBudgetBytes: number;
}

/** Reading less than this again is hardly felt; not worth a file. */
const fewestWrittenTokens = 64;
/** Writing a conversation anew after each turn would wear the disk out: a tenth more is worth it, the rest is read. */
const worthwhileGrowth = 1.1;

/** Each is looked at for every prompt. */
const mostHeld = 128;
const mostStored = 256;

/** Reads what is on disk first. */
export async function createSnapshots({ files, memoryBudgetBytes }: SnapshotsOptions): Promise<Snapshots> {
  /** Both are kept from the longest unused to the one used last. */
  let held: Held[] = [];
  let stored: SnapshotFile[] = (await files?.list()) ?? [];
  let writing: Promise<void> = Promise.resolve();
  let waitingBytes = 0;
  const forgotten = new Set<string>();

  const drop = (file: SnapshotFile): void => {
    stored = stored.filter((other) => other !== file);
    files?.remove(file);
  };

  const write = async (entry: Held, growth: number): Promise<void> => {
    if (!files || entry.written || entry.tokens.length < fewestWrittenTokens) return;
    const { owner, tokens, state } = entry;
    const older = stored.filter(
      (file) => file.owner === owner && longestPrefix(file.tokens, tokens) === file.tokens.length,
    );
    if (older.some((file) => tokens.length < file.tokens.length * growth)) return;
    entry.written = true;
    const file = await files.write(owner, tokens, state);
    if (!file) return;
    if (owner !== undefined && forgotten.has(owner)) return files.remove(file);
    older.forEach(drop);
    stored = [...stored, file].slice(-mostStored);
  };

  const writeLater = (entry: Held, growth: number): Promise<void> => {
    // A disk that is slower than what comes must not fill the memory.
    if (entry.written || waitingBytes > memoryBudgetBytes) return writing;
    waitingBytes += entry.state.length;
    writing = writing
      .then(() => write(entry, growth))
      // Only speed is lost, and the next one may succeed.
      .catch((error: unknown) => void process.stderr.write(`A state could not be kept: ${String(error)}\n`))
      .finally(() => (waitingBytes -= entry.state.length));
    return writing;
  };

  const trim = (): void => {
    let totalBytes = held.reduce((sum, { state }) => sum + state.length, 0);
    for (const entry of [...held]) {
      if (totalBytes <= memoryBudgetBytes && held.length <= mostHeld) return;
      totalBytes -= entry.state.length;
      held = held.filter((other) => other !== entry);
      void writeLater(entry, worthwhileGrowth);
    }
  };

  return {
    find(prompt) {
      let best: { snapshot: Snapshot; commonTokens: number } | undefined;
      // What is in memory comes first, and stays best when a file has no more.
      for (const snapshot of [...held, ...stored]) {
        const commonTokens = longestPrefix(snapshot.tokens, prompt);
        if (commonTokens > (best?.commonTokens ?? 0)) best = { snapshot, commonTokens };
      }
      return best;
    },
    async read(snapshot) {
      const entry = held.find((other) => other === snapshot);
      if (entry) {
        held = [...held.filter((other) => other !== entry), entry];
        return entry.state;
      }
      const file = stored.find((other) => other === snapshot);
      if (!file || !files) return undefined;
      const state = await files.read(file);
      stored = stored.filter((other) => other !== file);
      if (state) stored.push(file);
      return state;
    },
    keep(owner, tokens, state) {
      held = held.filter((other) => other.owner !== owner || longestPrefix(other.tokens, tokens) < other.tokens.length);
      held.push({ owner, tokens: [...tokens], state, written: false });
      if (owner !== undefined) forgotten.delete(owner);
      trim();
    },
    async flush() {
      for (const entry of held) void writeLater(entry, worthwhileGrowth);
      await writing;
    },
    forget(owner) {
      forgotten.add(owner);
      held = held.filter((other) => other.owner !== owner);
      stored.filter((file) => file.owner === owner).forEach(drop);
    },
    async [Symbol.asyncDispose]() {
      for (const entry of held) void writeLater(entry, 1.01);
      await writing;
    },
  };
}
