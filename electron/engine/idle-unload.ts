import type { Clock, Log, MemoryPressure } from '../ports.ts';
import { planIdle, type Keeping } from './residency.ts';
import type { ResidentModels } from './resident-models.ts';

export interface IdleUnloadOptions {
  readonly residents: () => Pick<ResidentModels, 'uses' | 'unload'>;
  readonly keeping: () => Keeping;
  readonly pressure: () => MemoryPressure;
  readonly clock: Clock;
  readonly log: Log;
}

/** Lets models go that nobody has used for long. */
export interface IdleUnload extends Disposable {
  /** To be called when a model became idle, or when what is wanted or possible has changed. */
  look(): void;
}

/** `setTimeout` takes no more. */
const longestTimeoutMs = 2 ** 31 - 1;

export function createIdleUnload(options: IdleUnloadOptions): IdleUnload {
  const { clock, log } = options;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const residents = options.residents();
    const nowMs = clock.now();
    const { leaving, nextMs } = planIdle(residents.uses, options.keeping(), options.pressure(), nowMs);
    for (const modelId of leaving) {
      log.info({ modelId, pressure: options.pressure() }, 'A model that was idle leaves memory.');
      residents
        .unload(modelId)
        .catch((error: unknown) => log.warn({ err: error, modelId }, 'A model stays in memory.'));
    }
    if (nextMs === undefined) return;
    timer = setTimeout(look, Math.min(Math.max(1, nextMs - nowMs), longestTimeoutMs));
    timer.unref();
  };

  return {
    look,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
