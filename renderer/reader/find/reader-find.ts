import { createStore, type StoreApi } from 'zustand/vanilla';

import { findPlaces, type TextSpan } from './find-places.ts';

/** What is searched: the pages of a document, or the passages of its text. */
export interface FindSource {
  readonly sections: number;
  /** @throws when the section cannot be read; it then has no places */
  textOf(section: number): Promise<string>;
  /** The section that is looked at. */
  currentSection(): number;
}

export interface FoundSpan extends TextSpan {
  readonly section: number;
}

export interface FindState {
  readonly query: string;
  readonly places: readonly FoundSpan[];
  /** Index of the place that is shown; -1 for none. */
  readonly current: number;
  /** From 0 to 1; 1 when everything was searched, or nothing is. */
  readonly searched: number;
}

export interface ReaderFind extends Disposable {
  readonly state: StoreApi<FindState>;
  /** What is shown now; undefined while nothing is. */
  setSource(source: FindSource | undefined): void;
  setQuery(query: string): void;
  /** Around the ends. */
  step(by: 1 | -1): void;
}

const settleMs = 150;
/** Places are shown as they are found, but not each on its own. */
const shownEvery = 8;
const nothing: FindState = { query: '', places: [], current: -1, searched: 1 };

/** Finds words section by section while the person types; begins where the person is. */
export function createReaderFind(): ReaderFind {
  let source: FindSource | undefined;
  const state = createStore<FindState>()(() => nothing);
  let running = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (query: string, searchedSource: FindSource, signal: AbortSignal): Promise<void> => {
    const from = searchedSource.currentSection();
    const places: FoundSpan[] = [];
    for (let section = 0; section < searchedSource.sections; section += 1) {
      const text = await searchedSource.textOf(section).catch(() => '');
      if (signal.aborted) return;
      for (const span of findPlaces(text, query)) places.push({ ...span, section });
      const isLast = section === searchedSource.sections - 1;
      if (section % shownEvery !== 0 && !isLast) continue;
      const { current } = state.getState();
      const first = current >= 0 ? current : places.findIndex((place) => place.section >= from);
      state.setState({
        places: [...places],
        current: first < 0 && isLast && places.length > 0 ? 0 : first,
        searched: (section + 1) / searchedSource.sections,
      });
    }
  };

  return {
    state,
    setSource(next) {
      source = next;
    },
    setQuery(query) {
      running.abort();
      running = new AbortController();
      clearTimeout(timer);
      const { signal } = running;
      const searched = source;
      if (query.trim() === '' || searched === undefined || searched.sections === 0) {
        state.setState({ ...nothing, query });
        return;
      }
      state.setState({ query, places: [], current: -1, searched: 0 });
      timer = setTimeout(() => void look(query, searched, signal), settleMs);
    },
    step(by) {
      const { places, current } = state.getState();
      if (places.length > 0) state.setState({ current: (current + by + places.length) % places.length });
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      running.abort();
    },
  };
}
