import { z } from 'zod';
import type { EngineFailure, EngineReport } from '../../shared/model/engine-protocol.ts';
import { logprobsLimit } from './sampling-options.ts';

const count = z.number().int().nonnegative();
const id = count;
/** One report carries a few words; anything near this is not from a sane host. */
const textLimitChars = 100_000;
const reason = z.string().max(textLimitChars);

const failureSchema: z.ZodType<EngineFailure> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('CANCELLED') }),
  z.object({ code: z.literal('MODEL_UNREADABLE'), reason }),
  z.object({ code: z.literal('OUT_OF_MEMORY'), neededBytes: count }),
  z.object({ code: z.literal('CONTEXT_FULL'), neededTokens: count, contextTokens: count }),
  z.object({ code: z.literal('UNSUPPORTED'), what: z.string().max(100), reason }),
  z.object({ code: z.literal('OPTION_REFUSED'), option: z.string().max(100), reason }),
  z.object({ code: z.literal('INTERNAL'), reason }),
]);

const usage = z.object({
  promptTokens: count,
  cachedTokens: count,
  replyTokens: count,
  guesses: z.object({ proposed: count, right: count }).exactOptional(),
});

const token = z.string().max(textLimitChars);
const logprob = z.number().max(0);
const logprobs = z
  .array(z.object({ token, logprob, top: z.array(z.object({ token, logprob })).max(logprobsLimit) }))
  .max(textLimitChars);

const textSchema = z.object({
  type: z.literal('text'),
  id,
  text: z.string().max(textLimitChars),
  reasoning: z.boolean().exactOptional(),
  tokens: count,
  logprobs: logprobs.exactOptional(),
  atMs: z.number(),
});

const reportSchema: z.ZodType<EngineReport> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    release: z.string().max(100).exactOptional(),
    direct: z.boolean().exactOptional(),
  }),
  z.object({ type: z.literal('unavailable'), reason }),
  z.object({ type: z.literal('loading'), id, fraction: z.number().min(0).max(1) }),
  z.object({ type: z.literal('loaded'), id, contextTokens: z.number().int().positive(), memoryBytes: count }),
  z.object({ type: z.literal('unloaded'), id }),
  z.object({ type: z.literal('begun'), id }),
  z.object({ type: z.literal('queued'), id, ahead: count }),
  z.object({ type: z.literal('reading'), id, readTokens: count, cachedTokens: count, totalTokens: count }),
  textSchema,
  z.object({ type: z.literal('finished'), id, finish: z.enum(['stop', 'length', 'aborted']), usage }),
  z.object({
    type: z.literal('embedded'),
    id,
    vectors: z.array(z.instanceof(Float32Array)),
    cut: z.array(count),
    tokens: count,
  }),
  z.object({ type: z.literal('ranked'), id, scores: z.array(z.number()), cut: z.array(count), tokens: count }),
  z.object({ type: z.literal('failed'), id, error: failureSchema }),
  z.object({ type: z.literal('memory'), residentBytes: count }),
  z.object({ type: z.literal('beat'), steps: count }),
]);

/** Undefined for anything that is not a report: the host is another process and may be broken. */
export function tryEngineReport(value: unknown): EngineReport | undefined {
  const parsed = reportSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Reports that belong to one request. */
export type RequestReport = Extract<EngineReport, { id: number }>;
