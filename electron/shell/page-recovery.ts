const windowMs = 60_000;
const tolerated = 3;

/**
 * What to do about a page whose process has ended: start it again, unless that was already done several times within
 * a minute; then it would only crash in a circle and the person is asked. `crashedAtMs` includes this crash.
 */
export function planRecovery(crashedAtMs: readonly number[], nowMs: number): 'reload' | 'ask' {
  return crashedAtMs.filter((at) => nowMs - at < windowMs).length > tolerated ? 'ask' : 'reload';
}
