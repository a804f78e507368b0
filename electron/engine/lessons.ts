import type { Clock, Log } from '../ports.ts';
import type { Notes } from '../store/store.ts';
import { createContextLimits } from './context-limits.ts';
import type { CheckedModel, Engine } from './engine.ts';
import { modelQuarantined } from './failures.ts';
import type { PostMortem } from './post-mortem.ts';
import { createQuarantines } from './quarantine.ts';

/** What the ends of the engine's process teach about models. */
export interface Lessons extends Pick<Engine, 'quarantineOf' | 'readmit'> {
  /** The model as it is to be loaded. @throws MODEL_QUARANTINED */
  admit(model: CheckedModel): CheckedModel;
  /** `contexts` are the tokens that each model in the process had. */
  learn(postMortem: PostMortem, contexts: ReadonlyMap<string, number>): void;
  /** llama.cpp got no memory for a context of so many tokens. */
  tooLarge(modelId: string, contextTokens: number): void;
}

export function createLessons({ notes, clock, log }: { notes: Notes; clock: Clock; log: Log }): Lessons {
  const quarantines = createQuarantines(notes, clock, log);
  const limits = createContextLimits();
  /** As they were asked for last. */
  const known = new Map<string, CheckedModel>();

  const tooLarge = (modelId: string, triedTokens: number): void => {
    const contextTokens = limits.halve(modelId, triedTokens);
    log.warn({ modelId, triedTokens, contextTokens }, 'Memory ran out; the next context is shorter.');
  };

  return {
    quarantineOf: (model) => quarantines.of(model),
    readmit: (modelId) => quarantines.readmit(modelId),
    admit(model) {
      const quarantine = quarantines.of(model);
      if (quarantine) throw modelQuarantined(model.name, quarantine);
      known.set(model.id, model);
      return limits.apply(model);
    },
    learn({ cause, reason, blamedModelId }, contexts) {
      const blamed = blamedModelId === undefined ? undefined : known.get(blamedModelId);
      if (cause === 'memory') {
        for (const [modelId, tokens] of contexts) if (!blamed || modelId === blamed.id) tooLarge(modelId, tokens);
      }
      if (!blamed) return;
      const setAside = quarantines.count(blamed, reason);
      log.warn({ modelId: blamed.id, reason, setAside }, 'The engine seems to have ended because of a model.');
    },
    tooLarge,
  };
}
