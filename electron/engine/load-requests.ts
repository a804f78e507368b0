import type { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineFailure, EngineLoadOptions } from '../../shared/model/engine-protocol.ts';
import type { CheckedModel } from './engine.ts';
import type { HostLink } from './host-link.ts';

/** llama.cpp looks at the abort flag after every tensor; a host that takes longer than this is stuck. */
const abortTimeoutMs = 20_000;

/** Resolves when the host has the model; after an abort it rejects as soon as the host has let go of it. */
export function askToLoad(
  link: HostLink,
  model: CheckedModel,
  options: EngineLoadOptions,
  signal: AbortSignal,
  handlers: { progress(fraction: number): void; translate(failure: EngineFailure): ClawdbotError },
): Promise<{ contextTokens: number; memoryBytes: number }> {
  const { id, name, path } = model;
  const result = Promise.withResolvers<{ contextTokens: number; memoryBytes: number }>();
  let abortTimer: NodeJS.Timeout | undefined;

  const opened = link.open(
    { type: 'load', model: { id, name, path }, options },
    {
      report(report) {
        if (report.type === 'loading') handlers.progress(report.fraction);
        else if (report.type === 'loaded') result.resolve(report);
        else if (report.type === 'failed') result.reject(handlers.translate(report.error));
      },
      lost: result.reject,
    },
  );
  const abort = (): void => {
    opened.abort();
    abortTimer = setTimeout(() => link.kill('it did not stop loading a model'), abortTimeoutMs);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });

  return result.promise.finally(() => {
    clearTimeout(abortTimer);
    signal.removeEventListener('abort', abort);
    opened.close();
  });
}

/** Resolves when the memory is given back, or the host is gone. */
export function askToUnload(link: HostLink, modelId: string): Promise<void> {
  const done = Promise.withResolvers<void>();
  const opened = link.open(
    { type: 'unload', modelId },
    {
      report(report) {
        if (report.type === 'unloaded' || report.type === 'failed') done.resolve();
      },
      lost: () => done.resolve(),
    },
  );
  return done.promise.finally(() => opened.close());
}
