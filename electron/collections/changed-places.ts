/** Places in a folder that are to be looked at, none of which lies in another. */
export interface ChangedPlaces {
  readonly size: number;
  add(place: string): void;
  /** Gives them and begins anew. */
  take(): string[];
}

/** Beyond this the whole folder is looked at. */
const mostPlaces = 100;

export function createChangedPlaces(): ChangedPlaces {
  let places = new Set<string>();
  const covers = (outer: string, inner: string): boolean => outer === '' || inner.startsWith(`${outer}/`);
  return {
    get size() {
      return places.size;
    },
    add(place) {
      if (places.has(place) || [...places].some((other) => covers(other, place))) return;
      places = new Set([...places].filter((other) => !covers(place, other)).concat(place));
      if (places.size > mostPlaces) places = new Set(['']);
    },
    take() {
      const taken = [...places];
      places = new Set();
      return taken;
    },
  };
}
