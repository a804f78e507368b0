import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder this checkout lies in, whatever the current directory is. */
export const repository = path.resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/**
 * A failure whose message is all a person needs: what happened, why, what to do next. Shown without a stack trace.
 */
export class SetupError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * Runs a script's main function; a SetupError ends it with its message and status 1.
 *
 * @param {() => Promise<number>} main gives the exit status
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
