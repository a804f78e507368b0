import type { Log } from '../ports.ts';
import type { CheckedModel } from './engine.ts';
import type { EngineEnd } from './post-mortem.ts';

/** Brings back what was in memory when the engine's process ended by itself. */
export interface Revival {
  /** `models` were there, the one used last first. */
  lost(models: readonly CheckedModel[], cause: EngineEnd['cause']): void;
  /** A process is there again. */
  revived(): void;
}

export interface RevivalOptions {
  /** Loads a model for nobody: nobody leaves for it, and it makes way for whoever is waited for. */
  readonly load: (model: CheckedModel) => Promise<void>;
  readonly log: Log;
}

export function createRevival({ load, log }: RevivalOptions): Revival {
  let missing: readonly CheckedModel[] = [];

  const reload = async (models: readonly CheckedModel[]): Promise<void> => {
    for (const model of models) {
      try {
        await load(model);
        log.info({ modelId: model.id }, 'A model is back after the engine ended.');
      } catch (error) {
        // The next question loads it, or says why that is not possible.
        log.info({ err: error, modelId: model.id }, 'A model did not come back after the engine ended.');
      }
    }
  };

  return {
    lost(models, cause) {
      const all = [...models, ...missing.filter(({ id }) => models.every((other) => other.id !== id))];
      // What did not fit beside each other must not be tried again at once.
      missing = cause === 'memory' ? all.slice(0, 1) : all;
    },
    revived() {
      const models = missing;
      missing = [];
      void reload(models);
    },
  };
}
