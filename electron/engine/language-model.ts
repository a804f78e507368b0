import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { cancelled, isClawdbotError, type ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EnginePriority, EngineSampling, EngineTurn } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';
import { internalError } from './failures.ts';
import type { GenerationEvent } from './generation-event.ts';
import { parsePrompt, warningsFor } from './prompt.ts';
import { createContentCollector, createPartMaker } from './stream-parts.ts';
import { parseSampling } from './sampling-options.ts';

/**
 * One answer, from loading the model to its last word. Ends after `finished`, or throws a `ClawdbotError`. It must
 * end at once when the signal aborts, and stop its work when the reader stops reading.
 */
export type Generate = (
  turns: readonly EngineTurn[],
  sampling: EngineSampling,
  signal: AbortSignal,
  asker?: Asker,
) => AsyncIterable<GenerationEvent>;

/** For whom an answer is, as far as the caller said so. */
export interface Asker {
  /** What is calculated is kept for this conversation. */
  readonly conversationId: string | undefined;
  /** Default: `person`. */
  readonly priority: EnginePriority | undefined;
}

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
    const events = generate(parsePrompt(options.prompt), parseSampling(options), controller.signal, askerOf(options));
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
    const toParts = createPartMaker(modelId, options);
    const content = createContentCollector();
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) throw new Error('The answer ended without saying so.');
        for (const part of toParts(next.value)) {
          content.add(part);
          if (part.type !== 'finish') continue;
          return {
            content: content.all(),
            finishReason: part.finishReason,
            usage: part.usage,
            warnings: warningsFor(options),
            response: { modelId, timestamp: new Date() },
          };
        }
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

function askerOf({ providerOptions }: LanguageModelV4CallOptions): Asker {
  const { conversation, priority } = providerOptions?.['clawdbot'] ?? {};
  return {
    conversationId: typeof conversation === 'string' ? conversation : undefined,
    priority: priority === 'person' || priority === 'api' || priority === 'background' ? priority : undefined,
  };
}
