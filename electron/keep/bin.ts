import type { BinItem, BinPage } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Clock } from '../ports.ts';
import type { BinRecord, Store } from '../store/store.ts';
import type { Keep } from './keep.ts';
import type { Sweeper } from './sweeper.ts';

/** How long what was deleted can be brought back, on the bin's clock. */
export const binLifeMs = 30 * 24 * 60 * 60 * 1000;
const snippetChars = 200;

/** What was deleted and can come back. Restoring is the business of what it belongs to. */
export function createBin(
  store: Pick<Store, 'bin'>,
  binClock: Clock,
  sweeper: Sweeper,
): Pick<Keep, 'bin' | 'deleteForGood' | 'emptyBin'> {
  const present = (record: BinRecord, nowMs: number): BinItem => {
    const { kind, id, conversationId, title, role, contained, removedAtMs } = record;
    const shared = { id, title, remainingMs: Math.max(0, removedAtMs + binLifeMs - nowMs) };
    switch (kind) {
      case 'conversation':
        return { kind, ...shared, messages: contained };
      case 'message': {
        const text = record.text.replaceAll(/\s+/g, ' ').trim().slice(0, snippetChars).toWellFormed();
        return { kind, ...shared, conversationId, text, role, messages: contained };
      }
      case 'folder':
        return { kind, ...shared, conversations: contained };
      case 'collection':
        return { kind, ...shared, documents: contained };
      case 'preset':
      case 'document':
        return { kind, ...shared };
    }
  };
  const totalOf = (counts: BinPage['counts']): number => Object.values(counts).reduce((sum, each) => sum + each, 0);

  return {
    bin(after, limit) {
      const nowMs = binClock.now();
      const found = store.bin.list(after === null ? null : readCursor(after), limit + 1);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const counts = store.bin.counts();
      return {
        items: shown.map((record) => present(record, nowMs)),
        next: found.length > limit && last ? `${last.removedAtMs}/${last.id}` : null,
        total: totalOf(counts),
        counts,
      };
    },
    deleteForGood(id) {
      if (!store.bin.condemn(id)) {
        throw new ClawdbotError(
          'NOT_IN_BIN',
          'This is not in the bin any more: it was restored, or deleted for good already. Open the bin again to see what is there.',
          { id },
        );
      }
      sweeper.start();
    },
    emptyBin() {
      const total = totalOf(store.bin.counts());
      store.bin.condemnOlder(Number.MAX_SAFE_INTEGER);
      sweeper.start();
      return total;
    },
  };
}

function readCursor(cursor: string): { removedAtMs: number; id: string } {
  const at = cursor.indexOf('/');
  const removedAtMs = Number(cursor.slice(0, at));
  if (at < 1 || !Number.isSafeInteger(removedAtMs)) {
    throw new ClawdbotError('BAD_INPUT', 'There is no such place in the bin. Open it again.', {
      issues: [{ path: 'after', message: 'not a place in the bin' }],
    });
  }
  return { removedAtMs, id: cursor.slice(at + 1) };
}
