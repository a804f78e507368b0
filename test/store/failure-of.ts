import { isClawdbotError, type ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** The declared error that an action ends with; any other end fails the test. */
export function failureOf(action: () => unknown): ClawdbotError {
  try {
    action();
  } catch (error) {
    if (isClawdbotError(error)) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
