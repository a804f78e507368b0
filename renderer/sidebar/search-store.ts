import { createStore, type StoreApi } from 'zustand/vanilla';

import type { SearchHit } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';

const resultLimit = 50;
const settleMs = 90;

export interface SearchState {
  readonly query: string;
  /** The words the hits belong to; differs from `query` while the next answer is on its way. */
  readonly answeredQuery: string;
  readonly hits: readonly SearchHit[];
  readonly active: number;
  readonly error: unknown;
  setQuery(query: string): void;
  move(step: 1 | -1): void;
  clear(): void;
}

export type SearchStore = StoreApi<SearchState>;

const nothing = { query: '', answeredQuery: '', hits: [], active: 0, error: undefined };

/** Searches all words while the person types: one request at a time, the last one counts. */
export function createSearchStore(client: Client): SearchStore {
  let running = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  return createStore<SearchState>()((set) => {
    const search = async (query: string, signal: AbortSignal): Promise<void> => {
      try {
        const { hits } = await client.chat.search({ query, limit: resultLimit }, { signal });
        if (!signal.aborted) set({ hits, answeredQuery: query, active: 0, error: undefined });
      } catch (error) {
        if (!signal.aborted) set({ hits: [], answeredQuery: query, active: 0, error });
      }
    };
    const halt = (): void => {
      clearTimeout(timer);
      running.abort();
    };
    return {
      ...nothing,
      setQuery(query) {
        halt();
        const words = query.trim();
        if (words === '') {
          set({ ...nothing, query });
          return;
        }
        set({ query });
        running = new AbortController();
        const { signal } = running;
        timer = setTimeout(() => void search(words, signal), settleMs);
      },
      move(step) {
        set(({ active, hits }) => ({ active: Math.min(Math.max(0, active + step), Math.max(0, hits.length - 1)) }));
      },
      clear() {
        halt();
        set(nothing);
      },
    };
  });
}
