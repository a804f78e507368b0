import type { Settings } from '../../shared/contract/index.ts';

/** What the next start should know before the host has answered: without it the window would flash. */
export interface Remembered {
  readonly theme: Settings['theme'];
  readonly language: Settings['language'];
  readonly sidebarShown: boolean;
  readonly sidebarWidthPx: number;
  readonly readerWidthPx: number;
}

export const sidebarLimitsPx = { least: 200, most: 400 } as const;
export const readerLimitsPx = { least: 320, most: 1600 } as const;

const key = 'clawdbot.window';
const unknown: Remembered = {
  theme: 'system',
  language: 'system',
  sidebarShown: true,
  sidebarWidthPx: 264,
  readerWidthPx: 520,
};

export type RememberedStorage = Pick<Storage, 'getItem' | 'setItem'>;

export function readRemembered(storage: RememberedStorage | undefined): Remembered {
  try {
    return parse(JSON.parse(storage?.getItem(key) ?? 'null'));
  } catch {
    return unknown;
  }
}

export function writeRemembered(storage: RememberedStorage | undefined, change: Partial<Remembered>): void {
  try {
    storage?.setItem(key, JSON.stringify({ ...readRemembered(storage), ...change }));
  } catch {
    // Full or forbidden: the next start flashes, nothing more.
  }
}

/** The browser's own; undefined where it is switched off. */
export function tryLocalStorage(): RememberedStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export function clampSidebarWidth(widthPx: number): number {
  return clamp(widthPx, sidebarLimitsPx);
}

export function clampReaderWidth(widthPx: number): number {
  return clamp(widthPx, readerLimitsPx);
}

function clamp(widthPx: number, { least, most }: { least: number; most: number }): number {
  return Math.round(Math.min(most, Math.max(least, widthPx)));
}

function parse(value: unknown): Remembered {
  if (typeof value !== 'object' || value === null) return unknown;
  const fields: Partial<Record<keyof Remembered, unknown>> = value;
  const { theme, language, sidebarShown, sidebarWidthPx, readerWidthPx } = fields;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : unknown.theme,
    language: language === 'en' || language === 'zh' ? language : unknown.language,
    sidebarShown: typeof sidebarShown === 'boolean' ? sidebarShown : unknown.sidebarShown,
    sidebarWidthPx:
      typeof sidebarWidthPx === 'number' && Number.isFinite(sidebarWidthPx)
        ? clampSidebarWidth(sidebarWidthPx)
        : unknown.sidebarWidthPx,
    readerWidthPx:
      typeof readerWidthPx === 'number' && Number.isFinite(readerWidthPx)
        ? clampReaderWidth(readerWidthPx)
        : unknown.readerWidthPx,
  };
}
