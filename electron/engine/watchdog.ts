export interface WatchLimits {
  /** How often is looked. Must be well below the others. */
  readonly everyMs: number;
  /** Nothing is heard from the event loop of a process that has work. */
  readonly silenceMs: number;
  /** It lives, but no calculation comes to its end. */
  readonly answerStepMs: number;
  /** The same while a model is being loaded. */
  readonly loadStepMs: number;
}

/**
 * So long that no machine that is merely slow gets there. The event loop does nothing that should take more than a
 * second, but the first step after a pause may have to read all the weights from the disk again. A calculation is planned
 * for a second. A load tells of every tensor, and the largest take a minute from a slow disk.
 */
export const usualWatch: WatchLimits = {
  everyMs: 1_000,
  silenceMs: 60_000,
  answerStepMs: 300_000,
  loadStepMs: 600_000,
};

/** `other` is work that may rest for long, or whose steps nobody counts. */
export type Work = 'none' | 'answers' | 'load' | 'other';

export interface Watch {
  /** Since anything was heard. */
  readonly silentMs: number;
  /** Since something was achieved. */
  readonly stuckMs: number;
  readonly steps: number;
}

export const freshWatch: Watch = { silentMs: 0, stuckMs: 0, steps: 0 };

export function watchHeard(watch: Watch, steps: number | undefined): Watch {
  if (steps === undefined || steps === watch.steps) return { ...watch, silentMs: 0 };
  return { silentMs: 0, stuckMs: 0, steps };
}

/**
 * Some time has passed while there was work. What counts is time in which this process was awake itself: a machine that
 * slept, or a main process that stood still, looks once and has counted no more than two looks.
 */
export function watchPassed(watch: Watch, elapsedMs: number, work: Work, { everyMs }: WatchLimits): Watch {
  const awakeMs = Math.min(Math.max(0, elapsedMs), 2 * everyMs);
  const isStepping = work === 'answers' || work === 'load';
  return {
    ...watch,
    silentMs: watch.silentMs + awakeMs,
    stuckMs: isStepping ? watch.stuckMs + awakeMs : 0,
  };
}

/** Undefined while all is well; otherwise why the process has to be ended, as an English phrase. */
export function findHang(watch: Watch, work: Exclude<Work, 'none'>, limits: WatchLimits): string | undefined {
  if (watch.silentMs >= limits.silenceMs) return 'it stopped responding';
  switch (work) {
    case 'answers':
      return watch.stuckMs < limits.answerStepMs ? undefined : 'a calculation did not come to an end';
    case 'load':
      return watch.stuckMs < limits.loadStepMs ? undefined : 'loading a model got stuck';
    case 'other':
      return undefined;
  }
}

export interface Watchdog {
  /** Something was heard; `steps` when it was a beat. */
  heard(steps?: number): void;
  /** Called when work may have begun or ended. Nothing is watched while there is none. */
  look(): void;
  stop(): void;
}

export function createWatchdog(limits: WatchLimits, work: () => Work, onHang: (reason: string) => void): Watchdog {
  let watch = freshWatch;
  let timer: NodeJS.Timeout | undefined;
  let lastMs = 0;

  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = (): void => {
    const nowMs = performance.now();
    const doing = work();
    watch = watchPassed(watch, nowMs - lastMs, doing, limits);
    lastMs = nowMs;
    if (doing === 'none') return stop();
    const hang = findHang(watch, doing, limits);
    if (hang === undefined) return;
    stop();
    onHang(hang);
  };

  return {
    heard(steps) {
      watch = watchHeard(watch, steps);
    },
    look() {
      if (work() === 'none') return stop();
      if (timer !== undefined) return;
      watch = { ...watch, silentMs: 0, stuckMs: 0 };
      lastMs = performance.now();
      timer = setInterval(tick, limits.everyMs).unref();
    },
    stop,
  };
}
