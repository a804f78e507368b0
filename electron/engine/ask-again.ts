import type { Log } from '../ports.ts';
import { EngineLost } from './failures.ts';
import type { GenerationEvent } from './generation-event.ts';

/**
 * Asks once more when the engine's process was lost through no fault of this question, as long as nothing was written:
 * words that were shown would be written twice.
 */
export async function* askAgain(
  ask: () => AsyncIterable<GenerationEvent>,
  log: Log,
): AsyncGenerator<GenerationEvent, void, undefined> {
  let wrote = false;
  try {
    for await (const event of ask()) {
      wrote ||= event.type === 'text';
      yield event;
    }
    return;
  } catch (error) {
    if (wrote || !isLostBystander(error)) throw error;
    log.info({ reason: error.end.reason }, 'A question is asked again after the engine ended.');
  }
  yield { type: 'progress', progress: { phase: 'restarting' } };
  yield* ask();
}

export function isLostBystander(error: unknown): error is EngineLost {
  return error instanceof EngineLost && error.bystander;
}
