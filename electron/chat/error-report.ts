import { randomBytes } from 'node:crypto';

import type { StoredError } from '../../shared/contract/index.ts';
import { isCancellation, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Log } from '../ports.ts';

/** What is stored with a reply that failed. The details of an unexpected error stay in the log under its reference. */
export function toErrorReport(error: unknown, log: Log): StoredError {
  if (isClawdbotError(error)) return { code: error.code, message: error.message, data: { ...error.data } };
  if (isCancellation(error)) return { code: 'CANCELLED', message: 'Stopped.', data: {} };
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, err: error }, 'an answer failed unexpectedly');
  return {
    code: 'INTERNAL',
    message: `Something went wrong while answering. The log has the details under ${reference}.`,
    data: { reference },
  };
}
