export interface StopMatcher {
  /** What may be shown, and whether a stop was reached: then nothing after it ever is. */
  push(text: string): { text: string; stopped: boolean };
  /** What was held back because it could have become a stop. */
  end(): string;
}

/**
 * Ends a text before the stop that is complete first. What could be the beginning of one is held back. The result does
 * not depend on the pieces in which the text arrives.
 */
export function createStopMatcher(stops: readonly string[]): StopMatcher {
  const wanted = stops.filter((stop) => stop !== '');
  let held = '';

  return {
    push(text) {
      held += text;
      const start = firstComplete(held, wanted);
      if (start !== undefined) {
        const shown = held.slice(0, start);
        held = '';
        return { text: shown, stopped: true };
      }
      const shown = held.slice(0, held.length - longestBeginning(held, wanted));
      held = held.slice(shown.length);
      return { text: shown, stopped: false };
    },
    end() {
      const rest = held;
      held = '';
      return rest;
    },
  };
}

/** Where the stop starts that ends first; of several with one end, the longest. */
function firstComplete(text: string, stops: readonly string[]): number | undefined {
  let best: { start: number; end: number } | undefined;
  for (const stop of stops) {
    const start = text.indexOf(stop);
    if (start < 0) continue;
    const end = start + stop.length;
    if (!best || end < best.end || (end === best.end && start < best.start)) best = { start, end };
  }
  return best?.start;
}

function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}
