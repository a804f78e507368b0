import { errorKinds, type ErrorCode, type ErrorDataByCode, type ErrorKind } from './codes.ts';

// A registered symbol, so that an error made by another copy of this module (another bundle) is still recognised.
const brand = Symbol.for('clawdbot.error');

/**
 * The one error class of the product. `message` says what happened, why, and what to do next; `code` and `data`
 * let an interface say the same in another language.
 */
export class ClawdbotError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorDataByCode[C];

  constructor(code: C, message: string, data: ErrorDataByCode[C], options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ClawdbotError';
    this.code = code;
    this.data = data;
    Object.defineProperty(this, brand, { value: true, enumerable: false });
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }
}

export function isClawdbotError(value: unknown): value is ClawdbotError {
  return typeof value === 'object' && value !== null && brand in value;
}

export function hasCode<C extends ErrorCode>(value: unknown, code: C): value is ClawdbotError<C> {
  return isClawdbotError(value) && value.code === code;
}

/** A cancellation, whichever way it was raised: ours, or an `AbortSignal`'s own exception. */
export function isCancellation(value: unknown): boolean {
  return hasCode(value, 'CANCELLED') || (value instanceof Error && value.name === 'AbortError');
}

export function cancelled(): ClawdbotError<'CANCELLED'> {
  return new ClawdbotError('CANCELLED', 'Stopped.', {});
}
