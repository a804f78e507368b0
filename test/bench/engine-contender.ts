import path from 'node:path';

import { linkHost, type HostLink, type OpenedRequest } from '../../electron/engine/host-link.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineSnapshots, EngineTuning } from '../../shared/model/engine-protocol.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { greedySampling } from '../suites/greedy-sampling.ts';
import type { Asked, Contender, ContenderOptions } from './contender.ts';

/** The engine's own process, asked as the app asks it. */
export interface EngineContender extends Contender {
  /** From the start of the process until it was ready for a model. */
  readonly startMs: number;
  /** Brings a further model, or the same once more under another name, into memory; gives the time in ms. */
  load(name: string, model: string): Promise<number>;
  unload(name: string): Promise<void>;
  /** Asks one of the models that `load` has brought. */
  askOf(name: string, text: string, maxTokens: number): Promise<EngineAsked>;
  /** Starts an answer and gives it up after `afterMs`; resolves with the time from giving up to the last report, in ms. */
  abortAfter(text: string, maxTokens: number, afterMs: number): Promise<number>;
}

export interface EngineAsked extends Asked {
  /** When it was said that the prompt is being read. */
  readonly readingMs: number;
  readonly cachedTokens: number;
  /** Tokens that were guessed ahead, and how many of them were right. */
  readonly guesses: { readonly proposed: number; readonly right: number };
}

export interface EngineContenderOptions extends ContenderOptions {
  readonly native?: 'off' | 'required';
  readonly snapshots?: EngineSnapshots;
  readonly tuning?: EngineTuning;
}

/** The name of the model that `ask` asks; it is loaded at the start. */
const first = 'bench';

export async function openEngine(options: EngineContenderOptions): Promise<EngineContender> {
  const startedMs = performance.now();
  const modulePath = path.join(import.meta.dirname, '../../electron/engine/host/main.ts');
  const host = forkEngineHost({
    modulePath,
    log: silentLog,
    ...(options.native ? { native: options.native } : {}),
  });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const link = linkHost(
    host,
    {
      ready: () => ready.resolve(),
      unavailable: (reason) => ready.reject(new Error(reason)),
      memory: () => undefined,
      tooLarge: () => undefined,
      ended(error) {
        ready.reject(error);
        ended.resolve();
      },
    },
    silentLog,
  );
  await ready.promise;
  const startMs = performance.now() - startedMs;
  const loadMs = await load(link, first, options.model, options);

  return {
    processId: link.processId ?? 0,
    startMs,
    loadMs,
    load: (name, model) => load(link, name, model, options),
    unload: (name) => unload(link, name),
    ask: (text, maxTokens) => begin(link, first, text, maxTokens).asked,
    askOf: (name, text, maxTokens) => begin(link, name, text, maxTokens).asked,
    async abortAfter(text, maxTokens, afterMs) {
      const begun = begin(link, first, text, maxTokens);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      const abortedMs = performance.now();
      begun.abort();
      return (await begun.asked).endMs - abortedMs;
    },
    async [Symbol.asyncDispose]() {
      link.shutdown();
      await ended.promise;
    },
  };
}

function load(link: HostLink, name: string, model: string, options: EngineContenderOptions): Promise<number> {
  const { threads, contextTokens, sequences, snapshots, tuning } = options;
  const askedMs = performance.now();
  return new Promise((resolve, reject) => {
    link.open(
      {
        type: 'load',
        model: { id: name, name, path: model },
        options: {
          contextTokens,
          sequences,
          threads,
          batchTokens: 512,
          ...(snapshots ? { snapshots } : {}),
          ...(tuning ? { tuning } : {}),
        },
      },
      {
        report(report) {
          if (report.type === 'loaded') resolve(performance.now() - askedMs);
          if (report.type === 'failed') reject(new Error(JSON.stringify(report.error)));
        },
        lost: reject,
      },
    );
  });
}

function unload(link: HostLink, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    link.open({ type: 'unload', modelId: name }, { report: () => resolve(), lost: reject });
  });
}

function begin(
  link: HostLink,
  name: string,
  text: string,
  maxTokens: number,
): { asked: Promise<EngineAsked>; abort: OpenedRequest['abort'] } {
  const result = Promise.withResolvers<EngineAsked>();
  const sentMs = performance.now();
  const arrivalsMs: number[] = [];
  let readingMs: number | undefined;
  const opened = link.open(
    {
      type: 'generate',
      modelId: name,
      prompt: [{ role: 'user', text }],
      sampling: { ...greedySampling, maxTokens },
    },
    {
      report(report) {
        if (report.type === 'reading') readingMs ??= performance.now();
        if (report.type === 'text') arrivalsMs.push(...Array.from({ length: report.tokens }, () => performance.now()));
        if (report.type === 'failed') result.reject(new Error(JSON.stringify(report.error)));
        if (report.type !== 'finished') return;
        const endMs = performance.now();
        const { promptTokens, cachedTokens, replyTokens, guesses = { proposed: 0, right: 0 } } = report.usage;
        opened.close();
        result.resolve({
          promptTokens: promptTokens - cachedTokens,
          cachedTokens,
          replyTokens,
          guesses,
          sentMs,
          readingMs: readingMs ?? endMs,
          firstMs: arrivalsMs[0] ?? endMs,
          endMs,
          arrivalsMs,
        });
      },
      lost: result.reject,
    },
  );
  return { asked: result.promise, abort: opened.abort };
}
