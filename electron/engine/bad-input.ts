import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

export function badInput(path: string, message: string): ClawdbotError<'BAD_INPUT'> {
  return new ClawdbotError('BAD_INPUT', message, { issues: [{ path, message }] });
}
