/** In device-independent pixels, as Electron's displays and windows use them. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SavedWindow {
  readonly bounds: Bounds;
  readonly maximised: boolean;
}

export const chatMinimum = { width: 480, height: 400 } as const;
const chatDefault = { width: 1120, height: 760 } as const;
/** So much of the window's top must lie on a display for a person to be able to drag it. */
const grip = { width: 120, height: 32 } as const;

/**
 * Where the chat window opens. What was saved counts only as far as the displays of today can show it: an unplugged
 * display, a smaller resolution or a damaged file must not leave a window out of reach.
 * `workAreas` are the displays without menu bar and Dock, the primary one first; at least one.
 */
export function planChatBounds(saved: Bounds | undefined, workAreas: readonly [Bounds, ...Bounds[]]): Bounds {
  const usable = saved && isSane(saved) ? saved : undefined;
  const home = usable ? bestArea(usable, workAreas) : undefined;
  if (!usable || !home) return centred(chatDefault, workAreas[0]);
  const width = limit(usable.width, Math.min(chatMinimum.width, home.width), home.width);
  const height = limit(usable.height, Math.min(chatMinimum.height, home.height), home.height);
  return {
    x: limit(usable.x, home.x, home.x + home.width - width),
    y: limit(usable.y, home.y, home.y + home.height - height),
    width,
    height,
  };
}

function isSane(bounds: Bounds): boolean {
  return Object.values(bounds).every((value) => Number.isSafeInteger(value)) && bounds.width > 0 && bounds.height > 0;
}

/** The display that shows most of the window, if it shows enough of its top to hold it by. */
function bestArea(bounds: Bounds, areas: readonly Bounds[]): Bounds | undefined {
  let best: Bounds | undefined;
  let most = 0;
  for (const area of areas) {
    const top = overlap({ ...bounds, height: Math.min(bounds.height, grip.height) }, area);
    const whole = overlap(bounds, area);
    const size = whole.width * whole.height;
    if (top.width >= Math.min(grip.width, bounds.width) && top.height > 0 && size > most) {
      best = area;
      most = size;
    }
  }
  return best;
}

function overlap(a: Bounds, b: Bounds): { width: number; height: number } {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}

function centred(size: { width: number; height: number }, area: Bounds): Bounds {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

function limit(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
