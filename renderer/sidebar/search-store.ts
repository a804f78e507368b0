import { createStore, type StoreApi } from 'zustand/vanilla';

import type { SearchFilter, SearchHit } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { fromMsOf, type SearchPeriod } from './search-period.ts';

const pageSize = 50;
const settleMs = 90;
const mostFiles = 50;

export interface SearchState {
  readonly query: string;
  /** The words the hits belong to; differs from `query` while the next answer is on its way. */
  readonly answeredQuery: string;
  readonly hits: readonly SearchHit[];
  readonly active: number;
  readonly error: unknown;
  /** Only answers of this model; null for all. */
  readonly modelId: string | null;
  readonly period: SearchPeriod;
  /** Only conversations with a file of this name; null for all. */
  readonly file: string | null;
  /** Names of the files that can be chosen, the newest first. */
  readonly files: readonly string[];
  /** Older messages are being looked through. */
  readonly searchingOn: boolean;
  /** Whether there may be more results than these. */
  readonly hasMore: boolean;
  setQuery(query: string): void;
  setModel(modelId: string | null): void;
  setPeriod(period: SearchPeriod): void;
  setFile(file: string | null): void;
  loadFiles(): void;
  move(step: 1 | -1): void;
  /** Fetches another page of results unless one is on its way. */
  loadMore(): void;
  clear(): void;
}

export type SearchStore = StoreApi<SearchState>;

const noHits = { hits: [], active: 0, error: undefined, searchingOn: false, hasMore: false };
const nothing = { ...noHits, query: '', answeredQuery: '', modelId: null, file: null, period: 'any' as const };

/** Searches all words while the person types: one request at a time, the last one counts. */
export function createSearchStore(client: Client): SearchStore {
  let running = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next: string | null = null;
  let filter: SearchFilter = { modelId: null, file: null, fromMs: null, untilMs: null };

  return createStore<SearchState>()((set, get) => {
    const fetchPage = (query: string, cursor: string | null, signal: AbortSignal) =>
      client.search.everywhere({ query, limit: pageSize, cursor, filter }, { signal });

    /** A page may be short because the host looks at a limited number of texts at once: it is asked to go on. */
    const searchOn = async (query: string, signal: AbortSignal): Promise<void> => {
      const wanted = get().hits.length + pageSize;
      set({ searchingOn: true });
      while (next !== null && get().hits.length < wanted) {
        const page = await fetchPage(query, next, signal);
        if (signal.aborted) return;
        ({ next } = page);
        set(({ hits }) => ({ hits: [...hits, ...withoutKnown(page.hits, hits)], hasMore: next !== null }));
      }
      set({ searchingOn: false });
    };

    const search = async (query: string, signal: AbortSignal): Promise<void> => {
      const { modelId, file, period } = get();
      filter = { modelId, file, fromMs: fromMsOf(period, Date.now()), untilMs: null };
      const page = await fetchPage(query, null, signal);
      if (signal.aborted) return;
      ({ next } = page);
      set({ ...noHits, hits: page.hits, answeredQuery: query, hasMore: next !== null });
      if (page.hits.length < pageSize) await searchOn(query, signal);
    };

    const guard = (query: string, work: Promise<void>, signal: AbortSignal): void => {
      work.catch((error: unknown) => {
        if (!signal.aborted) set({ ...noHits, answeredQuery: query, error });
      });
    };

    const halt = (): void => {
      clearTimeout(timer);
      running.abort();
      next = null;
    };

    const begin = (delayMs: number): void => {
      halt();
      const words = get().query.trim();
      if (words === '') return set({ ...noHits, answeredQuery: '' });
      running = new AbortController();
      const { signal } = running;
      timer = setTimeout(() => guard(words, search(words, signal), signal), delayMs);
    };

    return {
      ...nothing,
      files: [],
      setQuery(query) {
        set({ query });
        begin(settleMs);
      },
      setModel(modelId) {
        set({ modelId });
        begin(0);
      },
      setPeriod(period) {
        set({ period });
        begin(0);
      },
      setFile(file) {
        set({ file });
        begin(0);
      },
      loadFiles() {
        client.documents.list({ limit: mostFiles }).then(
          ({ documents }) => set({ files: [...new Set(documents.map(({ name }) => name))] }),
          // Typing `file:` still works, and the search itself says what is wrong.
          () => set({ files: [] }),
        );
      },
      move(step) {
        set(({ active, hits }) => ({ active: Math.min(Math.max(0, active + step), Math.max(0, hits.length - 1)) }));
        if (get().active >= get().hits.length - 5) get().loadMore();
      },
      loadMore() {
        const { searchingOn, answeredQuery } = get();
        const { signal } = running;
        if (next === null || searchingOn || signal.aborted) return;
        guard(answeredQuery, searchOn(answeredQuery, signal), signal);
      },
      clear() {
        halt();
        set(nothing);
      },
    };
  });
}

/** What changed between two pages may come up again. */
function withoutKnown(hits: readonly SearchHit[], known: readonly SearchHit[]): SearchHit[] {
  const keys = new Set(known.map(hitKey));
  return hits.filter((hit) => !keys.has(hitKey(hit)));
}

export function hitKey({ conversation, messageId, fileName }: SearchHit): string {
  return `${conversation.id} ${messageId ?? ''} ${fileName ?? ''}`;
}
