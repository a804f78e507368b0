import { cancelled } from '../../../shared/errors/clawdbot-error.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { Extractor } from '../extractor.ts';
import { usualLimits, type ExtractorLimits } from './extraction-limits.ts';
import { createReaderProcess, type ReaderProcess, type ReaderProcessOptions } from './reader-process.ts';

export interface ExtractorOptions extends Pick<ReaderProcessOptions, 'spawnExtractionHost' | 'log'> {
  /** Processes that read side by side; each reads one file at a time. Default: 1. */
  readonly processes?: number;
  readonly limits?: Partial<ExtractorLimits>;
  /** Default: half a minute. */
  readonly idleTimeoutMs?: number;
}

export function createExtractor(options: ExtractorOptions): Extractor {
  const { processes = 1, idleTimeoutMs = 30_000, spawnExtractionHost, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const readers = Array.from({ length: processes }, () =>
    createReaderProcess({ spawnExtractionHost, limits, idleTimeoutMs, log }),
  );
  const free = [...readers];
  const waiting: ((reader: ReaderProcess) => void)[] = [];
  const closing = new AbortController();

  const release = (reader: ReaderProcess): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(reader);
    else next(reader);
  };

  /** First come, first served. @throws CANCELLED */
  const acquire = async (signal: AbortSignal): Promise<ReaderProcess> => {
    const reader = free.pop();
    if (reader !== undefined) return reader;
    const called = Promise.withResolvers<ReaderProcess>();
    waiting.push(called.resolve);
    try {
      return await untilAborted(called.promise, signal);
    } catch (error) {
      const index = waiting.indexOf(called.resolve);
      if (index >= 0) waiting.splice(index, 1);
      else void called.promise.then(release);
      throw error;
    }
  };

  return {
    async extract(source, extractOptions = {}) {
      const { signal } = extractOptions;
      const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      if (ended.aborted) throw cancelled();
      const reader = await acquire(ended);
      try {
        return await reader.read(source, { ...extractOptions, signal: ended });
      } finally {
        release(reader);
      }
    },
    [Symbol.asyncDispose]() {
      closing.abort();
      for (const reader of readers) reader.end();
      return Promise.resolve();
    },
  };
}
