import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

import type { Log } from '../ports.ts';
import type { SavedWindow } from './window-bounds.ts';

const savedWindowSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximised: z.boolean(),
});

/** Where the chat window stood when it was last used. Losing this is no loss: it opens in the middle. */
export interface WindowState {
  read(): SavedWindow | undefined;
  write(saved: SavedWindow): void;
}

export function createWindowState(file: string, log: Log): WindowState {
  let written = '';
  return {
    read() {
      try {
        return savedWindowSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
      } catch {
        return undefined;
      }
    },
    write(saved) {
      const text = JSON.stringify(saved);
      if (text === written) return;
      try {
        writeFileSync(`${file}.new`, text, { mode: 0o600 });
        renameSync(`${file}.new`, file);
        written = text;
      } catch (error) {
        log.warn({ err: error }, 'the place of the window could not be stored');
      }
    },
  };
}
