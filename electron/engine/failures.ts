import { cancelled, ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineFailure } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';

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

export function engineCrashed(reason: string): ClawdbotError<'ENGINE_CRASHED'> {
  const message = `The engine stopped while it was working (${reason}). What was written is kept; it starts again when you ask again.`;
  return new ClawdbotError('ENGINE_CRASHED', message, { reason });
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
