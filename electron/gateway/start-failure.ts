import { ClawdbotError, hasCode, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** What a person is told when the host does not start, and the exit code: 2 for a mistake in its options, 1 otherwise. */
export function describeStartFailure(error: unknown, logPath: string | undefined): { words: string; exitCode: 1 | 2 } {
  if (isClawdbotError(error)) {
    const mistake = hasCode(error, 'FLAG_INVALID') || hasCode(error, 'CONFIG_INVALID');
    return { words: error.message, exitCode: mistake ? 2 : 1 };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const where = logPath === undefined ? '' : `\nThe details are in ${logPath}`;
  return { words: `Clawdbot could not start because of an unexpected error: ${reason}${where}`, exitCode: 1 };
}

/**
 * Finds out before anything is opened that a part is not where it should be.
 * @throws FLAG_INVALID for a model file that is not there, INTERNAL when the app itself is incomplete
 */
export function requireFiles(
  files: { readonly page: string; readonly models: readonly string[] },
  isFile: (path: string) => boolean,
): void {
  const absent = files.models.find((file) => !isFile(file));
  if (absent !== undefined) {
    const reason = `there is no model file ${absent}`;
    throw new ClawdbotError(
      'FLAG_INVALID',
      `Clawdbot was not started: ${reason}. Check the path after --model (or "model" in the configuration file).`,
      { flag: '--model', reason },
    );
  }
  if (isFile(files.page)) return;
  throw new ClawdbotError(
    'INTERNAL',
    `Clawdbot is not complete: its page ${files.page} is missing. "npm start" builds what is missing.`,
    { reference: 'page-missing' },
  );
}
