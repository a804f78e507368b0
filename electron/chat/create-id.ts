import { randomBytes } from 'node:crypto';

import type { Clock } from '../ports.ts';

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): they begin with the time, and a later one sorts after an earlier one also
 * within a millisecond and when the clock is set back, by counting on in the 12 bits after the time (section 6.2, method 1).
 */
export function createIdSource(clock: Clock): () => string {
  let timeMs = 0;
  let counter = 0;
  return () => {
    const now = clock.now();
    if (now > timeMs) {
      timeMs = now;
      counter = 0;
    } else {
      counter += 1;
      if (counter > 0xfff) {
        timeMs += 1;
        counter = 0;
      }
    }
    const time = timeMs.toString(16).padStart(12, '0');
    const random = randomBytes(8);
    random[0] = 0x80 | ((random[0] ?? 0) & 0x3f);
    const tail = random.toString('hex');
    const count = counter.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
