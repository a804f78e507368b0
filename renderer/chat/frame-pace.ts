/** Runs something soon, at most once at a time. The function ends what was asked for and did not run yet. */
export interface Pace {
  request(): void;
  cancel(): void;
}

/** Share of the time that showing changes may take; the rest belongs to typing and scrolling. */
const workShare = 1 / 3;
const longestPauseMs = 250;
const frameMs = 16;
/** Frames do not come in a hidden window, which must still take what it is sent. */
const hiddenMs = 100;

/**
 * At once after a pause, so that a first word is in the very next frame; then once per frame, before it is painted. When the work before it was slow (a long table, a slow machine), the next is
 * put off in proportion, so that more text never means a window that no longer answers.
 */
export function createFramePace(work: () => void): Pace {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntilMs = 0;
  let ranAtMs = -Infinity;

  const cancel = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
    timer = undefined;
  };
  const run = (): void => {
    cancel();
    const startMs = performance.now();
    ranAtMs = startMs;
    work();
    // React renders in a microtask that the work has queued; this one comes after it.
    queueMicrotask(() => {
      const nowMs = performance.now();
      restUntilMs = nowMs + Math.min(longestPauseMs, (nowMs - startMs) * (1 / workShare - 1));
    });
  };
  const ask = (): void => {
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, hiddenMs);
  };
  return {
    request() {
      if (frame !== undefined || timer !== undefined) return;
      const nowMs = performance.now();
      const waitMs = restUntilMs - nowMs;
      if (waitMs <= 0 && nowMs - ranAtMs >= frameMs) run();
      // A wait shorter than a frame is over when the frame comes.
      else if (waitMs < frameMs) ask();
      else timer = setTimeout(ask, waitMs);
    },
    cancel,
  };
}
