import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ListedDocument } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';

export interface ListedPlace {
  readonly collectionId: string | null;
  readonly query: string;
  readonly sort: 'name' | 'added' | 'size';
  readonly descending: boolean;
}

export interface DocumentPages {
  /** Null until the host has answered. */
  readonly total: number | null;
  readonly at: (index: number) => ListedDocument | undefined;
}

export type DocumentPagesStore = StoreApi<DocumentPages> & {
  /** Shows another place, or the same one again after a change. */
  open(place: ListedPlace): void;
  /** These rows are looked at. */
  need(from: number, to: number): void;
};

const pageRows = 100;

/** The documents of one place, of which only what was looked at is fetched. */
export function createDocumentPages(
  client: Pick<Client, 'collections'>,
  onError: (error: unknown) => void,
): DocumentPagesStore {
  let pages = new Map<number, readonly ListedDocument[]>();
  let wanted = new Set<number>();
  let place: ListedPlace | undefined;
  let round = 0;
  const at = (index: number): ListedDocument | undefined => pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  const store = createStore<DocumentPages>()(() => ({ total: null, at }));

  const fetch = (page: number): void => {
    const asked = place;
    const now = round;
    if (asked === undefined || wanted.has(page)) return;
    wanted.add(page);
    client.collections.documents({ ...asked, offset: page * pageRows, limit: pageRows }).then(
      ({ documents, total }) => {
        if (now !== round) return;
        pages = new Map(pages).set(page, documents);
        // Another function, so that whoever reads rows reads them again.
        store.setState({ total, at: (index) => at(index) });
      },
      (error: unknown) => {
        if (now === round) onError(error);
      },
    );
  };

  return {
    ...store,
    open(next) {
      const same =
        place !== undefined &&
        place.collectionId === next.collectionId &&
        place.query === next.query &&
        place.sort === next.sort &&
        place.descending === next.descending;
      const shown = same ? [...wanted] : [0];
      round += 1;
      place = next;
      wanted = new Set();
      if (!same) {
        pages = new Map();
        store.setState({ total: null, at: (index) => at(index) });
      }
      for (const page of shown.slice(-3)) fetch(page);
      fetch(0);
    },
    need(from, to) {
      for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page += 1) fetch(page);
    },
  };
}
