import { ORPCError, ValidationError } from '@orpc/server';
import { randomBytes } from 'node:crypto';

import { isErrorCode } from '../../shared/contract/index.ts';
import { isCancellation, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { ErrorCode, ErrorDataByCode } from '../../shared/errors/codes.ts';
import type { Log } from '../ports.ts';

/** An error of the closed list, in the form oRPC carries to the other side. */
export function declaredError<C extends ErrorCode>(
  code: C,
  message: string,
  data: ErrorDataByCode[C],
): ORPCError<C, ErrorDataByCode[C]> {
  return new ORPCError(code, { defined: true, message, data });
}

/**
 * The one place where what went wrong inside becomes what a caller may know. What is not on the list becomes
 * `INTERNAL` with a reference; the details stay in the log under the same reference.
 */
export function toDeclaredError(error: unknown, route: string, log: Log): ORPCError<ErrorCode, unknown> {
  if (isClawdbotError(error)) return declaredError(error.code, error.message, error.data);
  if (isCancellation(error)) return declaredError('CANCELLED', 'Stopped.', {});
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) return badInput(error.cause.issues);
    if (error.defined && isErrorCode(error.code)) return declaredError(error.code, error.message, error.data);
  }
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, route, err: withCauses(error) }, 'a call failed unexpectedly');
  return declaredError(
    'INTERNAL',
    `Something went wrong inside Clawdbot. The log has the details under ${reference}.`,
    {
      reference,
    },
  );
}

type Issue = ValidationError['issues'][number];

function badInput(issues: readonly Issue[]): ORPCError<'BAD_INPUT', ErrorDataByCode['BAD_INPUT']> {
  const reported = issues.slice(0, 20).map((issue) => ({ path: pathOf(issue), message: issue.message }));
  const first = reported[0];
  const detail = first === undefined ? '' : ` ${first.path === '' ? 'It' : first.path}: ${first.message}.`;
  return declaredError('BAD_INPUT', `The request has the wrong form.${detail}`, { issues: reported });
}

function pathOf(issue: Issue): string {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

/** The validation issues of an answer are lost otherwise: they hang on the cause, without a message. */
function withCauses(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const issues: unknown = error.cause instanceof ValidationError ? error.cause.issues : undefined;
  const cause = error.cause instanceof Error ? { message: error.cause.message, stack: error.cause.stack } : undefined;
  return { name: error.name, message: error.message, stack: error.stack, cause, issues };
}
