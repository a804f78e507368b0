import path from 'node:path';

import { linkHost, type HostLink } from '../../electron/engine/host-link.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineSampling } from '../../shared/model/engine-protocol.ts';
import { silentLog } from '../fakes/silent-log.ts';
import type { Asked, Contender, ContenderOptions } from './contender.ts';

/** The engine's own process, asked as the app asks it. */
export interface EngineContender extends Contender {
  /** Starts an answer and gives it up after `afterMs`; resolves with the time from giving up to the last report, in ms. */
  abortAfter(text: string, maxTokens: number, afterMs: number): Promise<number>;
}

const modelId = 'bench';
const greedy: EngineSampling = {
  temperature: 0,
  topK: 40,
  topP: 0.95,
  minP: 0,
  repeatPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
  penaltyTokens: 0,
  seed: 1,
  maxTokens: null,
  stop: [],
  reasoning: false,
  grammar: null,
  logprobs: null,
};

export async function openEngine(options: ContenderOptions, native?: 'off' | 'required'): Promise<EngineContender> {
  const startedMs = performance.now();
  const modulePath = path.join(import.meta.dirname, '../../electron/engine/host/main.ts');
  const host = forkEngineHost({ modulePath, log: silentLog, ...(native ? { native } : {}) });
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
  await load(link, options);
  const loadMs = performance.now() - startedMs;

  return {
    processId: link.processId ?? 0,
    loadMs,
    ask: (text, maxTokens) => begin(link, text, maxTokens).asked,
    async abortAfter(text, maxTokens, afterMs) {
      const begun = begin(link, text, maxTokens);
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

function load(link: HostLink, { model, threads, contextTokens, sequences }: ContenderOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    link.open(
      {
        type: 'load',
        model: { id: modelId, name: modelId, path: model },
        options: { contextTokens, sequences, threads, batchTokens: 512 },
      },
      {
        report(report) {
          if (report.type === 'loaded') resolve();
          if (report.type === 'failed') reject(new Error(JSON.stringify(report.error)));
        },
        lost: reject,
      },
    );
  });
}

function begin(link: HostLink, text: string, maxTokens: number): { asked: Promise<Asked>; abort: () => void } {
  const result = Promise.withResolvers<Asked>();
  const sentMs = performance.now();
  const arrivalsMs: number[] = [];
  const opened = link.open(
    {
      type: 'generate',
      modelId,
      prompt: [{ role: 'user', text }],
      sampling: { ...greedy, maxTokens },
    },
    {
      report(report) {
        if (report.type === 'text') arrivalsMs.push(...Array.from({ length: report.tokens }, () => performance.now()));
        if (report.type === 'failed') result.reject(new Error(JSON.stringify(report.error)));
        if (report.type !== 'finished') return;
        const endMs = performance.now();
        const { promptTokens, cachedTokens, replyTokens } = report.usage;
        opened.close();
        result.resolve({
          promptTokens: promptTokens - cachedTokens,
          replyTokens,
          sentMs,
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
