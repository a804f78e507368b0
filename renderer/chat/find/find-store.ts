import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Client } from '../../rpc/client.ts';

/** One place where the words stand. */
export interface FoundPlace {
  readonly messageId: string;
  /** Which of the places in this message, from 0. */
  readonly nth: number;
}

export interface FindState {
  readonly query: string;
  /** What the places belong to; differs from `query` while the next answer is on its way. */
  readonly answeredQuery: string;
  /** On the whole branch, oldest first. */
  readonly places: readonly FoundPlace[];
  /** Index of the place that is shown; -1 for none. */
  readonly current: number;
  readonly error: unknown;
  setQuery(query: string): void;
  /** Goes to the next place, or the one before, around the ends. */
  step(by: 1 | -1): void;
  /** Looks again, because the thread has changed; stays at the place it is at. */
  refresh(): void;
}

export type FindStore = StoreApi<FindState> & Disposable;

const settleMs = 120;

/**
 * Finds words in one thread while the person types. `chooseFirst` says which place to begin at: an index, given the
 * places.
 */
export function createFindStore(
  search: Pick<Client['search'], 'inThread'>,
  conversationId: string,
  chooseFirst: (places: readonly FoundPlace[]) => number,
): FindStore {
  let running = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<FindState>()((set, get) => {
    const look = async (query: string, signal: AbortSignal, choose: typeof chooseFirst): Promise<void> => {
      try {
        const { matches } = await search.inThread({ conversationId, query }, { signal });
        if (signal.aborted) return;
        // A place that is still there stays the same object: nobody has to go there again.
        const known = new Map(
          (get().answeredQuery === query ? get().places : []).map((place) => [keyOf(place), place]),
        );
        const places = matches.flatMap(({ messageId, count }) =>
          Array.from({ length: count }, (_, nth) => known.get(keyOf({ messageId, nth })) ?? { messageId, nth }),
        );
        set({ answeredQuery: query, places, current: places.length === 0 ? -1 : choose(places), error: undefined });
      } catch (error) {
        if (!signal.aborted) set({ answeredQuery: query, places: [], current: -1, error });
      }
    };
    const begin = (choose: typeof chooseFirst): void => {
      clearTimeout(timer);
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const { query } = get();
      if (query === '') set({ answeredQuery: '', places: [], current: -1, error: undefined });
      else timer = setTimeout(() => void look(query, signal, choose), settleMs);
    };
    return {
      query: '',
      answeredQuery: '',
      places: [],
      current: -1,
      error: undefined,
      setQuery(query) {
        set({ query });
        begin(chooseFirst);
      },
      step(by) {
        set(({ current, places }) =>
          places.length === 0 ? {} : { current: (current + by + places.length) % places.length },
        );
      },
      refresh() {
        const { current, places } = get();
        const at = places[current];
        begin((fresh) => {
          const same = at === undefined ? -1 : fresh.indexOf(at);
          return same >= 0 ? same : Math.min(Math.max(0, current), fresh.length - 1);
        });
      },
    };
  });
  return {
    ...store,
    [Symbol.dispose]() {
      clearTimeout(timer);
      running.abort();
    },
  };
}

function keyOf({ messageId, nth }: FoundPlace): string {
  return `${messageId} ${nth}`;
}
