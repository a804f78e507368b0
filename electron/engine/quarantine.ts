import { z } from 'zod';
import type { Clock, Log } from '../ports.ts';
import type { Notes } from '../store/store.ts';
import type { CheckedModel, Quarantine } from './engine.ts';

const noteName = 'engine-crashes';
/** Crashes that are this long ago say nothing about today. */
const windowMs = 24 * 60 * 60 * 1000;
const crashesAllowed = 3;
/** The note must not grow with models that come and go. */
const mostModels = 200;

const recordSchema = z.record(
  z.string(),
  z.object({
    stamp: z.string(),
    atMs: z.array(z.number()).max(crashesAllowed),
    reason: z.string(),
    quarantined: z.boolean(),
  }),
);
type Crashes = z.infer<typeof recordSchema>[string];

type ModelFile = Pick<CheckedModel, 'id' | 'stamp'>;

/** Which models crashed the engine, and which of them do so no more because they are not loaded. */
export interface Quarantines {
  of(model: ModelFile): Quarantine | undefined;
  /** Counts a crash; true when the model is set aside from now on. */
  count(model: ModelFile, reason: string): boolean;
  /** Lets it be tried once; the next crash puts it back. */
  readmit(modelId: string): void;
}

export function createQuarantines(notes: Notes, clock: Clock, log: Log): Quarantines {
  const parsed = recordSchema.safeParse(notes.read(noteName) ?? {});
  const known = new Map<string, Crashes>(Object.entries(parsed.data ?? {}));

  const find = ({ id, stamp = '' }: ModelFile): Crashes | undefined => {
    const found = known.get(id);
    return found?.stamp === stamp ? found : undefined;
  };
  const store = (modelId: string, crashes: Crashes): void => {
    known.delete(modelId);
    known.set(modelId, crashes);
    for (const oldest of [...known.keys()].slice(0, -mostModels)) known.delete(oldest);
    try {
      notes.write(noteName, Object.fromEntries(known));
    } catch (error) {
      log.warn({ err: error, modelId }, 'It could not be stored which models crash the engine.');
    }
  };

  return {
    of(model) {
      const found = find(model);
      return found?.quarantined === true ? { crashes: found.atMs.length, reason: found.reason } : undefined;
    },
    count(model, reason) {
      const now = clock.now();
      const recent = (find(model)?.atMs ?? []).filter((atMs) => Math.abs(now - atMs) < windowMs);
      const atMs = [...recent, now].slice(-crashesAllowed);
      const quarantined = atMs.length >= crashesAllowed;
      store(model.id, { stamp: model.stamp ?? '', atMs, reason, quarantined });
      return quarantined;
    },
    readmit(modelId) {
      const found = known.get(modelId);
      if (found?.quarantined === true) store(modelId, { ...found, atMs: found.atMs.slice(1), quarantined: false });
    },
  };
}
