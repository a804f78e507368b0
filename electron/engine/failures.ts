import { cancelled, ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineFailure } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';
import type { Quarantine } from './engine.ts';
import type { EngineEnd } from './post-mortem.ts';

interface Subject {
  readonly name: string;
  readonly path: string;
}

export function outOfMemory(modelName: string, neededBytes: number, freeBytes: number): ClawdbotError<'OUT_OF_MEMORY'> {
  const message =
    `${modelName} needs about ${gigabytes(neededBytes)} of memory and ${gigabytes(freeBytes)} can be used. ` +
    'Close other apps, unload another model, or choose a smaller one.';
  return new ClawdbotError('OUT_OF_MEMORY', message, { modelName, neededBytes, freeBytes });
}

/** The engine's process ended before it had answered. */
export class EngineLost extends ClawdbotError<'ENGINE_CRASHED'> {
  readonly end: EngineEnd;
  /** What was asked did not cause it, or not it alone, so it may be asked once more. */
  readonly bystander: boolean;

  constructor(end: EngineEnd, bystander: boolean) {
    const { cause, reason } = end;
    super('ENGINE_CRASHED', crashMessage(end), cause === 'hang' || cause === 'memory' ? { reason, cause } : { reason });
    this.end = end;
    this.bystander = bystander;
  }
}

function crashMessage({ cause, reason }: EngineEnd): string {
  switch (cause) {
    case 'hang':
      return `The engine stopped responding and was ended (${reason}). What was written is kept, and it starts again by itself.`;
    case 'memory':
      return (
        `The system ended the engine, most likely because memory ran out (${reason}). What was written is kept; it starts ` +
        'again by itself, with a shorter context. Close other apps, or choose a smaller model.'
      );
    case 'crash':
    case 'ended':
      return `The engine stopped while it was working (${reason}). What was written is kept, and it starts again by itself.`;
  }
}

export function modelQuarantined(
  modelName: string,
  { crashes, reason }: Quarantine,
): ClawdbotError<'MODEL_QUARANTINED'> {
  const message =
    `${modelName} crashed the engine ${crashes} times (${reason}) and is set aside. ` +
    'Use another model, delete its file, or choose it again to try once more.';
  return new ClawdbotError('MODEL_QUARANTINED', message, { modelName, crashes, reason });
}

export function engineUnavailable(reason: string): ClawdbotError<'ENGINE_UNAVAILABLE'> {
  const message = `The engine that runs local models could not be started: ${reason} Try again, or restart Clawdbot.`;
  return new ClawdbotError('ENGINE_UNAVAILABLE', message, { reason });
}

function unsupported(modelName: string, what: string, reason: string): ClawdbotError<'MODEL_UNSUPPORTED'> {
  const message = `${modelName} cannot be used with "${what}": ${reason} Change its options, or choose another model.`;
  return new ClawdbotError('MODEL_UNSUPPORTED', message, { modelName, what, reason });
}

/** Details stay in the log, under the reference that the person is shown. */
export function internalError(log: Log, cause: unknown, doing: string): ClawdbotError {
  const reference = crypto.randomUUID().slice(0, 8);
  log.error({ err: cause, reference }, doing);
  return new ClawdbotError(
    'INTERNAL',
    `Something went wrong in the engine. The log has the details under ${reference}.`,
    {
      reference,
    },
  );
}

/** Translates what the host reports; `freeBytes` is what could be used when it was asked. */
export function fromFailure(failure: EngineFailure, model: Subject, freeBytes: number, log: Log): ClawdbotError {
  switch (failure.code) {
    case 'CANCELLED':
      return cancelled();
    case 'MODEL_UNREADABLE':
      return new ClawdbotError(
        'MODEL_UNREADABLE',
        `${model.name} cannot be loaded: ${failure.reason} Get the file again, or choose another model.`,
        { path: model.path, reason: failure.reason },
      );
    case 'OUT_OF_MEMORY':
      return outOfMemory(model.name, failure.neededBytes, freeBytes);
    case 'CONTEXT_FULL': {
      const { neededTokens, contextTokens } = failure;
      return new ClawdbotError(
        'CONTEXT_FULL',
        `This conversation is ${neededTokens} tokens long and ${model.name} can read ${contextTokens} at a time here. ` +
          'Start a new chat, shorten the message, or choose a model that can read more.',
        { neededTokens, contextTokens },
      );
    }
    case 'UNSUPPORTED':
      return unsupported(model.name, failure.what, failure.reason);
    case 'OPTION_REFUSED': {
      const { option, reason } = failure;
      const message = `${model.name} cannot answer with the option ${option}: ${reason}`;
      return new ClawdbotError('BAD_INPUT', message, { issues: [{ path: option, message: reason }] });
    }
    case 'INTERNAL':
      return internalError(log, failure.reason, 'The engine reported a failure.');
  }
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
