import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** As long as a frame of the window may take. */
const stepMs = 8;

/** Work that can be left and taken up again at every `yield`. */
export type Steps<T> = Generator<undefined, T>;

/**
 * Does the work a few milliseconds at a time and lets everything else run in between.
 *
 * @throws CANCELLED when the signal aborts, and whatever the work throws
 */
export async function inSteps<T>(work: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    if (signal.aborted) throw new ClawdbotError('CANCELLED', 'This was stopped.', {});
    const until = performance.now() + stepMs;
    for (let step = work.next(); ; step = work.next()) {
      if (step.done === true) return step.value;
      if (performance.now() >= until) break;
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
