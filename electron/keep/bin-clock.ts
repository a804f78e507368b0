import { z } from 'zod';

import type { Clock } from '../ports.ts';
import type { Notes } from '../store/store.ts';

const noteName = 'bin-clock';
const noteSchema = z.object({ binMs: z.number(), wallMs: z.number() });

const dayMs = 24 * 60 * 60 * 1000;
/** Longer than this without a look at the clock is as likely a clock set wrong as a holiday. */
const believedMs = 7 * dayMs;
/** How much of an unbelievable leap counts. */
const leapMs = dayMs;
/** How much may be forgotten when the process dies: things then stay that much longer. */
const saveEveryMs = 60_000;

/**
 * The time by which things in the bin grow old. It never goes back, and a leap forward of more than a week counts as one
 * day: a clock set to next year must not empty the bin, and after a clock was set back nothing may stay for ever. The
 * price is that after a long absence things stay in the bin longer than 30 days.
 */
export function createBinClock(notes: Notes, clock: Clock): Clock {
  const saved = noteSchema.safeParse(notes.read(noteName)).data;
  let wallMs = saved?.wallMs ?? clock.now();
  let binMs = saved?.binMs ?? wallMs;
  let savedMs = saved?.binMs ?? -Infinity;

  return {
    now() {
      const now = Math.floor(clock.now());
      const passedMs = Math.max(0, now - wallMs);
      binMs += passedMs > believedMs ? leapMs : passedMs;
      if (binMs - savedMs >= saveEveryMs || now < wallMs) {
        notes.write(noteName, { binMs, wallMs: now });
        savedMs = binMs;
      }
      wallMs = now;
      return binMs;
    },
  };
}
