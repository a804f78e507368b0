import { hasCode, type ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { chooseContext } from '../../shared/model/memory-need.ts';
import type { Log, MemoryPressure } from '../ports.ts';
import type { CheckedModel } from './engine.ts';
import type { GenerationEvent } from './generation-event.ts';
import type { ResidentUse } from './residency.ts';

/** What an answer should find at its beginning. */
const replyTokens = 1024;
/** How long a conversation is may be guessed too low at first. */
const attempts = 2;

export interface LongerContextOptions {
  readonly availableBytes: () => number;
  readonly residents: () => readonly ResidentUse[];
  readonly pressure: () => MemoryPressure;
  readonly log: Log;
}

/**
 * Asks again with a longer context when a conversation does not fit into the one that its model has, where the model and
 * the memory allow it; says so first.
 */
export function createLongerContext(
  options: LongerContextOptions,
): (
  model: CheckedModel,
  ask: (model: CheckedModel) => AsyncIterable<GenerationEvent>,
) => AsyncGenerator<GenerationEvent, void, undefined> {
  const grow = (model: CheckedModel, neededTokens: number): CheckedModel | undefined => {
    const { contextTokens, trainedContextTokens } = model;
    if (contextTokens !== undefined || neededTokens >= trainedContextTokens) return undefined;
    if (options.pressure() === 'critical') return undefined;
    const leastContextTokens = Math.min(neededTokens + replyTokens, trainedContextTokens);
    const longer = { ...model, leastContextTokens };
    // What it has now is given back first, and what others have that nobody uses.
    const freed = options.residents().filter(({ modelId, idle, pinned }) => modelId === model.id || (idle && !pinned));
    const budgetBytes = freed.reduce((sum, { memoryBytes }) => sum + memoryBytes, options.availableBytes());
    return chooseContext(longer, budgetBytes) ? longer : undefined;
  };

  return async function* (model, ask) {
    let asked = model;
    let tooLong: ClawdbotError<'CONTEXT_FULL'> | undefined;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return yield* ask(asked);
      } catch (error) {
        // What was given back was less than it seemed; the caller can still shorten the conversation.
        if (tooLong !== undefined && hasCode(error, 'OUT_OF_MEMORY')) throw tooLong;
        if (!hasCode(error, 'CONTEXT_FULL') || attempt === attempts) throw error;
        tooLong = error;
        const longer = grow(model, error.data.neededTokens);
        if (!longer || longer.leastContextTokens === asked.leastContextTokens) throw error;
        asked = longer;
      }
      const { leastContextTokens = 0 } = asked;
      options.log.info({ modelId: model.id, leastContextTokens }, 'A model is loaded again for a longer conversation.');
      yield { type: 'progress', progress: { phase: 'growing', contextTokens: leastContextTokens } };
    }
  };
}
