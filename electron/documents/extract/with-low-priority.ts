import { constants, setPriority } from 'node:os';

import type { ExtractionHostProcess, Log } from '../../ports.ts';

/** The process then works with what others leave it, as long as the system allows to ask for that. */
export function withLowPriority(child: ExtractionHostProcess, log: Log): ExtractionHostProcess {
  let lowered = false;
  child.onReport(() => {
    // A process of Electron has no id before it has begun.
    if (lowered || child.processId === undefined) return;
    lowered = true;
    try {
      setPriority(child.processId, constants.priority.PRIORITY_LOW);
    } catch (error) {
      log.debug({ err: error }, 'a document reader keeps its ordinary priority');
    }
  });
  return child;
}
