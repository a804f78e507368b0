import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import type { EngineFinish, EngineUsage } from '../../shared/model/engine-protocol.ts';
import type { GeneratedText, GenerationEvent } from './generation-event.ts';
import { warningsFor } from './prompt.ts';

type Speech = 'text' | 'reasoning';

/** Turns events into parts; the parts that open a stream come with its first event. */
export function createPartMaker(
  modelId: string,
  options: LanguageModelV4CallOptions,
): (event: GenerationEvent) => LanguageModelV4StreamPart[] {
  let opened = false;
  let speaking: Speech | undefined;
  let reasoningTokens = 0;

  const speak = (next: Speech | undefined): LanguageModelV4StreamPart[] => {
    if (next === speaking) return [];
    const parts: LanguageModelV4StreamPart[] = [];
    if (speaking) parts.push({ type: `${speaking}-end`, id: speaking });
    if (next) parts.push({ type: `${next}-start`, id: next });
    speaking = next;
    return parts;
  };

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
      case 'text': {
        const kind = event.reasoning ? 'reasoning' : 'text';
        if (kind === 'reasoning') reasoningTokens += event.tokens;
        parts.push(...speak(kind));
        parts.push({ type: `${kind}-delta`, id: kind, delta: event.text, providerMetadata: metadataOf(event) });
        return parts;
      }
      case 'finished':
        parts.push(...speak(undefined));
        parts.push({
          type: 'finish',
          finishReason: finishReason(event.finish),
          usage: toUsage(event.usage, reasoningTokens),
        });
        return parts;
    }
  };
}

/** `clawdbot` metadata of a delta: when its text left the sampler, and the log probabilities that were asked for. */
function metadataOf({ atMs, logprobs }: GeneratedText): SharedV4ProviderMetadata {
  if (!logprobs) return { clawdbot: { atMs } };
  return {
    clawdbot: {
      atMs,
      logprobs: logprobs.map(({ token, logprob, top }) => ({
        token,
        logprob,
        top: top.map((other) => ({ ...other })),
      })),
    },
  };
}

/** Puts a stream's deltas together again. */
export function createContentCollector(): {
  add(part: LanguageModelV4StreamPart): void;
  all(): LanguageModelV4Content[];
} {
  const content: LanguageModelV4Content[] = [];
  const append = (type: Speech, delta: string): void => {
    const last = content.at(-1);
    if (last?.type === type) content[content.length - 1] = { type, text: last.text + delta };
    else content.push({ type, text: delta });
  };
  return {
    add(part) {
      if (part.type === 'text-delta') append('text', part.delta);
      if (part.type === 'reasoning-delta') append('reasoning', part.delta);
    },
    all: () => content,
  };
}

function finishReason(finish: EngineFinish): { unified: 'stop' | 'length' | 'interrupted'; raw: string } {
  return { unified: finish === 'aborted' ? 'interrupted' : finish, raw: finish };
}

function toUsage({ promptTokens, cachedTokens, replyTokens }: EngineUsage, reasoning: number): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: promptTokens,
      noCache: promptTokens - cachedTokens,
      cacheRead: cachedTokens,
      cacheWrite: undefined,
    },
    outputTokens: { total: replyTokens, text: Math.max(0, replyTokens - reasoning), reasoning },
  };
}
