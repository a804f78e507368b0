import type { ModelState } from '../../shared/contract/index.ts';
import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { FoundModel } from './found-model.ts';

/** What the engine said of files that had passed the checks, as long as it still holds. */
export interface LoadFailures {
  /** Errors that say nothing about the model are left alone. Returns whether this one did. */
  record(found: FoundModel, error: unknown): boolean;
  of(found: FoundModel): ModelState | undefined;
  forget(modelId: string): void;
  clear(): void;
}

interface Failure {
  readonly state: ModelState;
  readonly stamp: string;
  /** Models in memory when there was no room, null where it does not depend on them. */
  readonly beside: string | null;
}

export function createLoadFailures(engine: Pick<Engine, 'residents'>): LoadFailures {
  const failures = new Map<string, Failure>();
  const residents = (): string => [...engine.residents.keys()].toSorted().join('\n');

  return {
    record(found, error) {
      const { id, stamp } = found;
      if (hasCode(error, 'MODEL_UNREADABLE')) {
        failures.set(id, { state: { kind: 'unusable', reason: error.data.reason }, stamp, beside: null });
        return true;
      }
      if (hasCode(error, 'OUT_OF_MEMORY')) {
        const { neededBytes, freeBytes } = error.data;
        failures.set(id, { state: { kind: 'doesNotFit', neededBytes, freeBytes }, stamp, beside: residents() });
        return true;
      }
      return false;
    },
    of(found) {
      const failure = failures.get(found.id);
      if (failure?.stamp !== found.stamp) return undefined;
      return failure.beside === null || failure.beside === residents() ? failure.state : undefined;
    },
    forget: (modelId) => void failures.delete(modelId),
    clear: () => failures.clear(),
  };
}
