import { ORPCError } from '@orpc/client';

import type { StoredError } from '../../shared/contract/index.ts';
import { errorKinds, type ErrorCode } from '../../shared/errors/codes.ts';

/** The declared error inside what a call threw; undefined for anything else (a lost connection, a bug). */
export function tryReadError(error: unknown): StoredError | undefined {
  if (!(error instanceof ORPCError) || !isErrorCode(error.code)) return undefined;
  const data: unknown = error.data;
  return { code: error.code, message: error.message, data: isRecord(data) ? data : {} };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorKinds, code);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
