import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import type { EngineFinish, EngineTool, EngineUsage } from '../../shared/model/engine-protocol.ts';
import { findMisfit } from '../../shared/model/grammar/find-misfit.ts';
import type { GeneratedText, GenerationEvent } from './generation-event.ts';
import { warningsFor } from './prompt.ts';
import { createToolCallReader, type ReadPiece } from './tool-call-reader.ts';
import { parseTools } from './tool-options.ts';

type Speech = 'text' | 'reasoning';

/**
 * Turns events into parts; `clawdbot` metadata of the last tells how many tokens were guessed ahead and how many of them
 * were right, where that was tried. The parts that open a
 * stream come with its first event.
 */
export function createPartMaker(
  modelId: string,
  options: LanguageModelV4CallOptions,
): (event: GenerationEvent) => LanguageModelV4StreamPart[] {
  let opened = false;
  let speaking: Speech | undefined;
  let reasoningTokens = 0;
  let called = false;
  const tools = parseTools(options);
  const reader = createToolCallReader(new Set(tools.map(({ name }) => name)));

  const speak = (next: Speech | undefined): LanguageModelV4StreamPart[] => {
    if (next === speaking) return [];
    const parts: LanguageModelV4StreamPart[] = [];
    if (speaking) parts.push({ type: `${speaking}-end`, id: speaking });
    if (next) parts.push({ type: `${next}-start`, id: next });
    speaking = next;
    return parts;
  };

  const say = (
    kind: Speech,
    delta: string,
    providerMetadata: SharedV4ProviderMetadata,
  ): LanguageModelV4StreamPart[] => [...speak(kind), { type: `${kind}-delta`, id: kind, delta, providerMetadata }];
  const read = (pieces: readonly ReadPiece[], metadata: SharedV4ProviderMetadata): LanguageModelV4StreamPart[] =>
    pieces.flatMap((piece) => {
      if (piece.type === 'text') return say('text', piece.text, metadata);
      called = true;
      return [...speak(undefined), ...callParts(piece.name, piece.input, tools)];
    });

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
        const metadata = metadataOf(event);
        if (!event.reasoning) return [...parts, ...read(reader.push(event.text), metadata)];
        reasoningTokens += event.tokens;
        return [...parts, ...say('reasoning', event.text, metadata)];
      }
      case 'finished':
        parts.push(...read(reader.end(), {}), ...speak(undefined));
        parts.push({
          type: 'finish',
          finishReason: finishReason(event.finish, called),
          usage: toUsage(event.usage, reasoningTokens),
          ...(event.usage.guesses ? { providerMetadata: { clawdbot: { guesses: { ...event.usage.guesses } } } } : {}),
        });
        return parts;
    }
  };
}

/** An input that does not fit the tool's schema says so in its `clawdbot` metadata, as `misfit`. */
function callParts(name: string, value: unknown, tools: readonly EngineTool[]): LanguageModelV4StreamPart[] {
  const id = crypto.randomUUID();
  const input = JSON.stringify(value);
  const schema: unknown = JSON.parse(tools.find((tool) => tool.name === name)?.schema ?? '{}');
  const misfit = findMisfit(value, schema);
  return [
    { type: 'tool-input-start', id, toolName: name },
    { type: 'tool-input-delta', id, delta: input },
    { type: 'tool-input-end', id },
    {
      type: 'tool-call',
      toolCallId: id,
      toolName: name,
      input,
      ...(misfit === undefined ? {} : { providerMetadata: { clawdbot: { misfit } } }),
    },
  ];
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
      if (part.type === 'tool-call') content.push(part);
      if (part.type === 'reasoning-delta') append('reasoning', part.delta);
    },
    all: () => content,
  };
}

function finishReason(
  finish: EngineFinish,
  called: boolean,
): { unified: 'stop' | 'length' | 'interrupted' | 'tool-calls'; raw: string } {
  if (called && finish === 'stop') return { unified: 'tool-calls', raw: finish };
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
