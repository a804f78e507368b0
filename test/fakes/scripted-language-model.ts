import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';

import type { EngineProgress } from '../../electron/engine/engine.ts';

/** One call of the model, in the hands of the test. */
export interface ScriptedCall {
  readonly prompt: LanguageModelV4Prompt;
  /** The prompt as `role: text` lines. */
  readonly lines: readonly string[];
  readonly options: LanguageModelV4CallOptions;
  readonly aborted: boolean;
  /** Whether the reader has let go of the stream. */
  readonly cancelled: boolean;
  say(text: string, sampledAtMs?: number): void;
  think(text: string, sampledAtMs?: number): void;
  report(progress: EngineProgress): void;
  /** Sends any part of a stream. */
  send(part: LanguageModelV4StreamPart): void;
  finish(
    usage?: { promptTokens?: number; cachedTokens?: number; replyTokens?: number },
    reason?: LanguageModelV4FinishReason['unified'],
  ): void;
  fail(error: unknown): void;
  /** Ends the stream without a word about why. */
  vanish(): void;
}

export interface ScriptedLanguageModel extends LanguageModelV4 {
  readonly calls: readonly ScriptedCall[];
  /** The next call that was not handed out yet, now or when it comes. */
  nextCall(): Promise<ScriptedCall>;
  /** Makes the next call fail before its stream begins. */
  refuseNext(error: unknown): void;
}

/** A model that does what the test says, when the test says it. */
export function createScriptedLanguageModel(modelId = 'scripted'): ScriptedLanguageModel {
  const calls: ScriptedCall[] = [];
  const waiting: ((call: ScriptedCall) => void)[] = [];
  const refusals: unknown[] = [];
  let handedOut = 0;

  const answer = (options: LanguageModelV4CallOptions) => {
    if (refusals.length > 0) throw refusals.shift();
    let cancelled = false;
    let controller: ReadableStreamDefaultController<LanguageModelV4StreamPart> | undefined;
    const stream = new ReadableStream<LanguageModelV4StreamPart>({
      start: (opened) => void (controller = opened),
      cancel: () => void (cancelled = true),
    });
    const send = (part: LanguageModelV4StreamPart): void => {
      if (!cancelled) controller?.enqueue(part);
    };
    const close = (): void => {
      if (!cancelled) controller?.close();
    };
    const call: ScriptedCall = {
      prompt: options.prompt,
      lines: options.prompt.map(toLine),
      options,
      get aborted() {
        return options.abortSignal?.aborted ?? false;
      },
      get cancelled() {
        return cancelled;
      },
      say: (delta, sampledAtMs) => send({ type: 'text-delta', id: 'text', delta, ...sampledAt(sampledAtMs) }),
      think: (delta, sampledAtMs) =>
        send({ type: 'reasoning-delta', id: 'reasoning', delta, ...sampledAt(sampledAtMs) }),
      report: (progress) => send({ type: 'raw', rawValue: progress }),
      send,
      finish(usage = {}, unified = 'stop') {
        const { promptTokens = 10, cachedTokens = 4, replyTokens = 5 } = usage;
        send({
          type: 'finish',
          finishReason: { unified, raw: unified },
          usage: {
            inputTokens: {
              total: promptTokens,
              noCache: promptTokens - cachedTokens,
              cacheRead: cachedTokens,
              cacheWrite: undefined,
            },
            outputTokens: { total: replyTokens, text: replyTokens, reasoning: undefined },
          },
        });
        close();
      },
      fail(error) {
        send({ type: 'error', error });
        close();
      },
      vanish: close,
    };
    calls.push(call);
    const reader = waiting.shift();
    if (reader) {
      handedOut += 1;
      reader(call);
    }
    return { stream };
  };

  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId,
    supportedUrls: {},
    doStream: async (options) => answer(options),
    doGenerate: () => Promise.reject(new Error('The chat only streams.')),
    calls,
    nextCall() {
      const ready = calls[handedOut];
      if (ready === undefined) return new Promise((resolve) => waiting.push(resolve));
      handedOut += 1;
      return Promise.resolve(ready);
    },
    refuseNext: (error) => void refusals.push(error),
  };
}

function sampledAt(atMs: number | undefined): { providerMetadata?: { clawdbot: { atMs: number } } } {
  return atMs === undefined ? {} : { providerMetadata: { clawdbot: { atMs } } };
}

function toLine(message: LanguageModelV4Prompt[number]): string {
  if (message.role === 'system') return `system: ${message.content}`;
  return `${message.role}: ${message.content.map((part) => (part.type === 'text' ? part.text : '')).join('')}`;
}
