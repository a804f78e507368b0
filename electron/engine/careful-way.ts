import { z } from 'zod';
import type { Log } from '../ports.ts';
import type { Notes } from '../store/store.ts';

const noteName = 'engine-careful';
/** With the same model, and no answer of it in between. */
const crashesAllowed = 2;

const recordSchema = z.object({ appVersion: z.string(), platform: z.string(), release: z.string().nullable() });

/**
 * Whether llama.cpp's functions may be called directly. It is quicker, and it is our own code that has to be right about
 * a foreign release; where it crashes, node-llama-cpp's classes do the work until the app, llama.cpp or the machine is
 * another one.
 */
export interface CarefulWay {
  readonly on: boolean;
  /** A process tells which llama.cpp it has. What is known of another release does not hold; the next start tries. */
  ready(release: string | undefined): void;
  /** A process that called directly crashed natively; no model when it was still starting. True when that is enough. */
  crashed(modelId: string | undefined): boolean;
  /** The model wrote an answer. */
  worked(modelId: string): void;
}

export interface CarefulWayOptions {
  readonly notes: Notes;
  readonly appVersion: string;
  /** Operating system and processor, such as `darwin-arm64`. */
  readonly platform: string;
  readonly log: Log;
}

export function createCarefulWay({ notes, appVersion, platform, log }: CarefulWayOptions): CarefulWay {
  const { data: record } = recordSchema.safeParse(notes.read(noteName));
  let on = record?.appVersion === appVersion && record.platform === platform;
  let known = on ? record?.release : undefined;
  let release: string | undefined;
  let last: { readonly modelId: string | undefined; readonly crashes: number } | undefined;

  const store = (value: z.infer<typeof recordSchema> | null): void => {
    try {
      notes.write(noteName, value);
    } catch (error) {
      log.warn({ err: error }, 'It could not be stored how llama.cpp is to be called.');
    }
  };

  return {
    get on() {
      return on;
    },
    ready(found) {
      release = found;
      // A process that crashed while it was starting could not say which release it had.
      if (!on || known === undefined || known === null || found === undefined || known === found) return;
      on = false;
      known = undefined;
      store(null);
      log.info({ release: found }, 'llama.cpp is another one; the next start calls it directly again.');
    },
    crashed(modelId) {
      if (on) return false;
      const crashes = last && last.modelId === modelId ? last.crashes + 1 : 1;
      last = { modelId, crashes };
      if (crashes < crashesAllowed) return false;
      on = true;
      known = release ?? null;
      last = undefined;
      store({ appVersion, platform, release: known });
      log.warn({ modelId, release }, 'Calling llama.cpp directly crashed twice in a row; it is called the slower way.');
      return true;
    },
    worked(modelId) {
      if (last && last.modelId === modelId) last = undefined;
    },
  };
}
