import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { cancelled, isClawdbotError, type ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineFinish, EngineSampling, EngineTurn, EngineUsage } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';
import type { EngineProgress } from './engine.ts';
import { internalError } from './failures.ts';
import { parsePrompt, parseSampling, warningsFor } from './prompt.ts';

export type GenerationEvent =
  | { type: 'progress'; progress: EngineProgress }
  | { type: 'text'; text: string; atMs: number }
  | { type: 'finished'; finish: EngineFinish; usage: EngineUsage };

/**
 * One answer, from loading the model to its last word. Ends after `finished`, or throws a `ClawdbotError`. It must
 * end at once when the signal aborts, and stop its work when the reader stops reading.
 */
export type Generate = (
  turns: readonly EngineTurn[],
  sampling: EngineSampling,
  signal: AbortSignal,
  /** The conversation that it belongs to, if the caller said so. */
  conversationId?: string,
) => AsyncIterable<GenerationEvent>;

/** The AI SDK's face of a local model, the same for every engine. */
export function createLanguageModel(modelId: string, generate: Generate, log: Log): LanguageModelV4 {
  const translate = (error: unknown): ClawdbotError =>
    isClawdbotError(error) ? error : internalError(log, error, 'An answer failed.');

  const begin = (options: LanguageModelV4CallOptions): { events: AsyncIterator<GenerationEvent>; stop: () => void } => {
    if (options.abortSignal?.aborted) throw cancelled();
    const controller = new AbortController();
    // Also called at the end, so that nothing stays behind on a signal that outlives this call.
    const stop = (): void => controller.abort();
    options.abortSignal?.addEventListener('abort', stop, { once: true, signal: controller.signal });
    const events = generate(
      parsePrompt(options.prompt),
      parseSampling(options),
      controller.signal,
      conversationOf(options),
    );
    return { events: events[Symbol.asyncIterator](), stop };
  };

  const doStream = async (
    options: LanguageModelV4CallOptions,
  ): Promise<{ stream: ReadableStream<LanguageModelV4StreamPart> }> => {
    const { events, stop } = begin(options);
    const toParts = createPartMaker(modelId, options);
    const stream = new ReadableStream<LanguageModelV4StreamPart>({
      async pull(controller) {
        try {
          let parts: LanguageModelV4StreamPart[] = [];
          while (parts.length === 0) {
            const next = await events.next();
            if (next.done) {
              stop();
              return controller.close();
            }
            parts = toParts(next.value);
          }
          for (const part of parts) controller.enqueue(part);
        } catch (error) {
          stop();
          controller.enqueue({ type: 'error', error: translate(error) });
          controller.close();
        }
      },
      async cancel() {
        stop();
        await events.return?.();
      },
    });
    return { stream };
  };

  const doGenerate = async (options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> => {
    const { events, stop } = begin(options);
    let text = '';
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) throw new Error('The answer ended without saying so.');
        if (next.value.type === 'text') text += next.value.text;
        if (next.value.type !== 'finished') continue;
        const { finish, usage } = next.value;
        return {
          content: text === '' ? [] : [{ type: 'text', text }],
          finishReason: finishReason(finish),
          usage: toUsage(usage),
          warnings: warningsFor(options),
          response: { modelId, timestamp: new Date() },
        };
      }
    } catch (error) {
      throw translate(error);
    } finally {
      stop();
      await events.return?.();
    }
  };

  return { specificationVersion: 'v4', provider: 'clawdbot.local', modelId, supportedUrls: {}, doStream, doGenerate };
}

/** Turns events into parts; the parts that open a stream come with its first event. */
function createPartMaker(
  modelId: string,
  options: LanguageModelV4CallOptions,
): (event: GenerationEvent) => LanguageModelV4StreamPart[] {
  const textId = 'text';
  let opened = false;
  let speaking = false;

  return (event) => {
    const parts: LanguageModelV4StreamPart[] = [];
    if (!opened) {
      opened = true;
      parts.push({ type: 'stream-start', warnings: warningsFor(options) });
      parts.push({ type: 'response-metadata', id: crypto.randomUUID(), timestamp: new Date(), modelId });
    }
    switch (event.type) {
      case 'progress':
        if (options.includeRawChunks) parts.push({ type: 'raw', rawValue: event.progress });
        return parts;
      case 'text':
        if (!speaking) parts.push({ type: 'text-start', id: textId });
        speaking = true;
        parts.push({
          type: 'text-delta',
          id: textId,
          delta: event.text,
          providerMetadata: { clawdbot: { atMs: event.atMs } },
        });
        return parts;
      case 'finished':
        if (speaking) parts.push({ type: 'text-end', id: textId });
        parts.push({ type: 'finish', finishReason: finishReason(event.finish), usage: toUsage(event.usage) });
        return parts;
    }
  };
}

function finishReason(finish: EngineFinish): { unified: 'stop' | 'length' | 'interrupted'; raw: string } {
  return { unified: finish === 'aborted' ? 'interrupted' : finish, raw: finish };
}

function toUsage({ promptTokens, cachedTokens, replyTokens }: EngineUsage): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: promptTokens,
      noCache: promptTokens - cachedTokens,
      cacheRead: cachedTokens,
      cacheWrite: undefined,
    },
    outputTokens: { total: replyTokens, text: replyTokens, reasoning: undefined },
  };
}

function conversationOf({ providerOptions }: LanguageModelV4CallOptions): string | undefined {
  const conversation = providerOptions?.['clawdbot']?.['conversation'];
  return typeof conversation === 'string' ? conversation : undefined;
}
