/** Runs something soon, at most once at a time. The function ends what was asked for and did not run yet. */
export interface Pace {
  request(): void;
  cancel(): void;
}

/** Share of the time that showing changes may take; the rest belongs to typing and scrolling. */
const workShare = 1 / 3;
const longestPauseMs = 250;
/** In a rush there is one showing in so long: thirty a second are a flow to the eye, and half the work of sixty. */
const stepMs = 32;

/**
 * At once after a pause, so that a first word is in the very next frame; then about thirty times a second. When the work
 * before it was slow (a long table, a slow machine), the next is put off in proportion, so that more text never means a
 * window that no longer answers. Not inside a frame: the work and the painting of what it changed are two short tasks
 * then, and what arrives gets its turn between them.
 */
export function createFramePace(work: () => void): Pace {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntilMs = -Infinity;

  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = (): void => {
    cancel();
    const startMs = performance.now();
    restUntilMs = startMs + stepMs;
    work();
    // React renders in a microtask that the work has queued; this one comes after it.
    queueMicrotask(() => {
      const nowMs = performance.now();
      const pauseMs = Math.min(longestPauseMs, (nowMs - startMs) * (1 / workShare - 1));
      restUntilMs = Math.max(startMs + stepMs, nowMs + pauseMs);
    });
  };
  return {
    request() {
      if (timer !== undefined) return;
      const waitMs = restUntilMs - performance.now();
      if (waitMs <= 0) run();
      else timer = setTimeout(run, waitMs);
    },
    cancel,
  };
}
