import { createHmac, hkdfSync } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { EngineSnapshots } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';

/** Where the engine keeps what it calculated for conversations, so that they need not be read again after a restart. */
export interface KeptStates {
  /** Undefined when the person wants nothing kept. */
  options(): EngineSnapshots | undefined;
  /** A name for a conversation that tells nothing about it: 16 hexadecimal digits. */
  ownerOf(conversationId: string): string;
  /** Deletes what is kept of a conversation, of whichever model. Never throws. */
  forget(conversationId: string): void;
}

export interface KeptStatesOptions {
  /** Made when it is needed. */
  readonly directory: string;
  /** The key of the database; another one is derived from it. */
  readonly databaseKey: Uint8Array;
  /** Most bytes on disk, as the person has set it; 0 keeps nothing. */
  readonly budgetBytes: () => number;
  /** Memory of the machine, in bytes. */
  readonly totalMemoryBytes: () => number;
  readonly log: Log;
}

/** A thirty-second part of the machine's memory holds the states of a few long conversations. */
const memoryShare = 1 / 32;
const leastMemoryBytes = 64 * 1024 * 1024;

export function openKeptStates({ directory, databaseKey, ...options }: KeptStatesOptions): KeptStates {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', databaseKey, new Uint8Array(), `clawdbot ${purpose}`, 32));
  const key = derive('kept states');
  const nameKey = derive('names of kept states');
  const ownerOf = (conversationId: string): string =>
    createHmac('sha256', nameKey).update(conversationId).digest('hex').slice(0, 16);

  const removeWhere = (matches: (name: string) => boolean): void => {
    try {
      for (const name of readdirSync(directory)) if (matches(name)) rmSync(path.join(directory, name), { force: true });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      options.log.error({ err: error }, 'What was kept of a conversation could not be deleted.');
    }
  };

  return {
    ownerOf,
    options() {
      const budgetBytes = options.budgetBytes();
      if (budgetBytes === 0) {
        removeWhere(() => true);
        return undefined;
      }
      try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
      } catch (error) {
        // Only speed is lost; the disk may be full.
        options.log.warn({ err: error }, 'What is calculated for conversations cannot be kept.');
        return undefined;
      }
      const memoryBudgetBytes = Math.floor(Math.max(leastMemoryBytes, options.totalMemoryBytes() * memoryShare));
      return { directory, key, budgetBytes, memoryBudgetBytes };
    },
    forget(conversationId) {
      const owner = ownerOf(conversationId);
      removeWhere((name) => name.split('-')[1] === owner);
    },
  };
}
