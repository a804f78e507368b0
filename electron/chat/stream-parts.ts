import type { LanguageModelV4Usage, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import { z } from 'zod';

import type { EngineProgress } from '../engine/engine.ts';
import type { DigestStep, TokenUsage } from './turn-machine.ts';

const count = z.number().int().nonnegative();

const engineProgressSchema: z.ZodType<EngineProgress> = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('restarting') }),
  z.object({ phase: z.literal('growing'), contextTokens: count }),
  z.object({ phase: z.literal('loading'), fraction: z.number() }),
  z.object({ phase: z.literal('queued'), ahead: count }),
  z.object({ phase: z.literal('reading'), readTokens: count, cachedTokens: count, totalTokens: count }),
]);

const digestStepSchema: z.ZodType<DigestStep & { phase: 'digesting' }> = z.object({
  phase: z.literal('digesting'),
  step: z.enum(['reading', 'translating', 'joining']),
  part: count,
  parts: count,
});

const timeSchema = z.object({ clawdbot: z.object({ atMs: z.number().positive() }) });

/** Local engines report what they do as raw parts; a cloud's raw parts are its own business. */
export function tryEngineProgress(rawValue: unknown): EngineProgress | undefined {
  return engineProgressSchema.safeParse(rawValue).data;
}

/** Which part of a document is gone through, where an answer is made of several. */
export function tryDigestStep(rawValue: unknown): DigestStep | undefined {
  return digestStepSchema.safeParse(rawValue).data;
}

/** When the text left the sampler, if the engine says so. */
export function trySampledAtMs(metadata: SharedV4ProviderMetadata | undefined): number | undefined {
  return timeSchema.safeParse(metadata).data?.clawdbot.atMs;
}

export function toTokenUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenUsage {
  return {
    promptTokens: inputTokens.total ?? 0,
    cachedTokens: inputTokens.cacheRead ?? 0,
    replyTokens: outputTokens.total ?? 0,
  };
}
