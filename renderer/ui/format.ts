/** Numbers, sizes and times in the person's language. */
export interface Format {
  number(value: number): string;
  /** 0 to 1 becomes 0 % to 100 %. */
  percent(fraction: number): string;
  /** Decimal units, as macOS shows them. */
  bytes(sizeBytes: number): string;
  /** `240 ms`, `1.2 s`, `3 min`. */
  duration(durationMs: number): string;
  /** `March`, or `March 2024` in another year. */
  month(atMs: number, nowMs: number): string;
  /** `14:05` today, `5 Mar` this year, `5 Mar 2024` before. */
  moment(atMs: number, nowMs: number): string;
  /** `5 Mar 2024, 14:05`. */
  dateTime(atMs: number): string;
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `locale` is a BCP 47 tag such as `en-GB` or `zh-CN`. */
export function createFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const units = new Map<string, Intl.NumberFormat>();
  /** Making one takes longer than drawing the message that shows it. */
  const unit = (value: number, name: string, digits: number): string => {
    const key = `${name} ${digits}`;
    const known = units.get(key);
    // The short form of a byte has no plural.
    const unitDisplay = name === 'byte' ? 'long' : 'short';
    const format =
      known ?? new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits });
    if (known === undefined) units.set(key, format);
    return format.format(value);
  };
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const monthOnly = new Intl.DateTimeFormat(locale, { month: 'long' });
  const monthYear = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });

  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

  return {
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
    bytes(sizeBytes) {
      let value = sizeBytes;
      let index = 0;
      while (value >= 999.5 && index < byteUnits.length - 1) {
        value /= 1000;
        index += 1;
      }
      return unit(value, byteUnits[index] ?? 'byte', index >= 3 ? 1 : 0);
    },
    duration(durationMs) {
      if (durationMs < 1000) return unit(Math.round(durationMs), 'millisecond', 0);
      if (durationMs < 60_000) return unit(durationMs / 1000, 'second', durationMs < 10_000 ? 1 : 0);
      return unit(durationMs / 60_000, 'minute', 0);
    },
    month: (atMs, nowMs) => (sameYear(atMs, nowMs) ? monthOnly : monthYear).format(atMs),
    dateTime: (atMs) => dateTime.format(atMs),
    moment(atMs, nowMs) {
      if (daysBetween(atMs, nowMs) === 0) return time.format(atMs);
      return (sameYear(atMs, nowMs) ? day : dayYear).format(atMs);
    },
  };
}

/** Midnights between two moments, in local time; 0 is the same day, negative is the future. */
export function daysBetween(earlierMs: number, laterMs: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);
  // Rounded, because a day with a clock change has 23 or 25 hours.
  return Math.round((midnight(laterMs) - midnight(earlierMs)) / 86_400_000);
}

function sameYear(leftMs: number, rightMs: number): boolean {
  return new Date(leftMs).getFullYear() === new Date(rightMs).getFullYear();
}
