import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { z } from 'zod';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineSampling, EngineTool } from '../../shared/model/engine-protocol.ts';
import { checkGbnf } from '../../shared/model/grammar/check-gbnf.ts';
import { GrammarError } from '../../shared/model/grammar/grammar-error.ts';
import { jsonGrammar } from '../../shared/model/grammar/json-grammar.ts';
import { badInput } from './bad-input.ts';
import { callGrammar, parseTools } from './tool-options.ts';

export const logprobsLimit = 20;

/** llama.cpp takes the largest number of 32 bits as "any seed". */
const seedLimit = 2 ** 32 - 1;
const stopsLimit = 64;
const stopLimitChars = 1000;

const wholeUpTo = (most: number) => z.number().min(0).max(most).transform(Math.floor);

/** What the AI SDK has no word for; `providerOptions.clawdbot` of a call. */
const ownSchema = z.strictObject({
  /** Says whose memory the answer may go on from; read where the request is sent. */
  conversation: z.string().optional(),
  /** Who waits for the answer; read where the request is sent. Default: `person`. */
  priority: z.enum(['person', 'api', 'background']).optional(),
  /** Least probability as a share of the most probable word's; 0 is off. */
  minP: z.number().min(0).max(1).default(0),
  /** 1 is off. */
  repeatPenalty: z.number().min(0.01).max(10).default(1),
  /** How many of the last tokens the penalties look at. */
  penaltyTokens: wholeUpTo(32_768).default(64),
  /** What the answer must match, in GBNF; not together with a `responseFormat`. */
  grammar: z.string().optional(),
  /** Log probabilities of the tokens, with this many alternatives for each. */
  logprobs: wholeUpTo(logprobsLimit).optional(),
});

const callSchema = z.object({
  temperature: z.number().min(0).max(10).default(0.7),
  topP: z.number().min(0).max(1).default(0.95),
  topK: wholeUpTo(1_000_000).default(40),
  presencePenalty: z.number().min(-2).max(2).default(0),
  frequencyPenalty: z.number().min(-2).max(2).default(0),
  seed: z
    .number()
    .transform((seed) => Math.floor(Math.abs(seed)) % seedLimit)
    .optional(),
  maxOutputTokens: z.number().min(1).max(Number.MAX_SAFE_INTEGER).transform(Math.floor).optional(),
  stopSequences: z.array(z.string().max(stopLimitChars)).max(stopsLimit).default([]),
  providerOptions: z.object({ clawdbot: ownSchema.default(ownSchema.parse({})) }).default({
    clawdbot: ownSchema.parse({}),
  }),
});

function chooseGrammar(
  options: LanguageModelV4CallOptions,
  tools: readonly EngineTool[],
  grammar: string | undefined,
): string | null {
  const format = options.responseFormat;
  if (tools.length > 0) {
    if (format?.type !== 'json' && grammar === undefined) return checked('tools', () => callGrammar(options, tools));
    throw badInput('tools', 'Tools and a form for the answer cannot be asked for together.');
  }
  if (format?.type !== 'json') return grammar === undefined ? null : checked('grammar', () => grammar);
  if (grammar === undefined) return checked('responseFormat', () => jsonGrammar(format.schema));
  throw badInput('grammar', 'A grammar and a JSON format cannot be asked for together.');
}

function checked(option: string, write: () => string | null): string | null {
  try {
    const grammar = write();
    if (grammar !== null) checkGbnf(grammar);
    return grammar;
  } catch (error) {
    throw error instanceof GrammarError ? badInput(option, error.message) : error;
  }
}

/** @throws BAD_INPUT naming each option that is outside its range or unknown */
export function parseSampling(options: LanguageModelV4CallOptions): EngineSampling {
  const parsed = callSchema.safeParse(options);
  if (!parsed.success) throw badOptions(parsed.error.issues);
  const tools = parseTools(options);
  const { seed, maxOutputTokens, stopSequences, providerOptions, ...rest } = parsed.data;
  const { logprobs, grammar, conversation: _conversation, priority: _priority, ...own } = providerOptions.clawdbot;
  return {
    ...rest,
    ...own,
    seed: seed ?? null,
    maxTokens: maxOutputTokens ?? null,
    stop: stopSequences.filter((text) => text !== ''),
    reasoning: options.reasoning !== 'none',
    tools,
    grammar: chooseGrammar(options, tools, grammar),
    logprobs: logprobs ?? null,
  };
}

function badOptions(issues: readonly z.core.$ZodIssue[]): ClawdbotError<'BAD_INPUT'> {
  const named = issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const said = named.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ClawdbotError('BAD_INPUT', `The options of the request are not right (${said}).`, { issues: named });
}
