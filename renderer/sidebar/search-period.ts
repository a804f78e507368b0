export const searchPeriods = ['any', 'day', 'week', 'month', 'year'] as const;

/** How far back a search goes. `day` is today, the others so many days up to now. */
export type SearchPeriod = (typeof searchPeriods)[number];

const dayMs = 24 * 60 * 60 * 1000;

/** Where the period begins, as epoch milliseconds; null is at the beginning. */
export function fromMsOf(period: SearchPeriod, nowMs: number): number | null {
  switch (period) {
    case 'any':
      return null;
    case 'day':
      return new Date(nowMs).setHours(0, 0, 0, 0);
    case 'week':
      return nowMs - 7 * dayMs;
    case 'month':
      return nowMs - 30 * dayMs;
    case 'year':
      return nowMs - 365 * dayMs;
  }
}
