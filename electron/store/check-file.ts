import { z } from 'zod';

import type { CheckerProcess } from '../ports.ts';

const reportSchema = z.object({ problems: z.array(z.string()) });

/**
 * Reads a database file that nobody writes from end to end, in a process of its own. Answers what is wrong with it, in
 * SQLite's words; nothing for an intact one. Rejects when the process could not do its work, or the signal says so.
 */
export function checkFile(
  spawn: () => CheckerProcess,
  request: { readonly file: string; readonly key: Uint8Array },
  signal: AbortSignal,
): Promise<string[]> {
  signal.throwIfAborted();
  const checker = spawn();
  return new Promise<string[]>((resolve, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    checker.onReport((report) => {
      const parsed = reportSchema.safeParse(report);
      if (parsed.success) resolve(parsed.data.problems);
      else reject(new Error('the check of a database answered something else'));
    });
    checker.onExit(() => reject(new Error('the check of a database ended early')));
    checker.send(request);
  }).finally(() => checker.kill());
}
