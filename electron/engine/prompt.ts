import type { LanguageModelV4CallOptions, LanguageModelV4Message, SharedV4Warning } from '@ai-sdk/provider';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineSampling, EngineTurn } from '../../shared/model/engine-protocol.ts';

const seedLimit = 2 ** 32;

/** @throws BAD_INPUT for anything but text, and for a prompt that begins with nothing to answer */
export function parsePrompt(prompt: readonly LanguageModelV4Message[]): EngineTurn[] {
  if (prompt.length === 0) throw badInput('prompt', 'A prompt needs at least one message.');
  return prompt.map((message, index) => ({ role: parseRole(message, index), text: parseText(message, index) }));
}

function parseRole(message: LanguageModelV4Message, index: number): EngineTurn['role'] {
  if (message.role === 'tool') throw badInput(`prompt.${index}`, 'Local models cannot read the results of tools yet.');
  return message.role;
}

function parseText(message: LanguageModelV4Message, index: number): string {
  if (message.role === 'system') return message.content;
  return message.content
    .map((part, partIndex) => {
      if (part.type === 'text') return part.text;
      throw badInput(
        `prompt.${index}.content.${partIndex}`,
        `Local models can read only text, not "${part.type}". Remove it, or choose a cloud model.`,
      );
    })
    .join('');
}

/** @throws BAD_INPUT for numbers outside their range */
export function parseSampling(options: LanguageModelV4CallOptions): EngineSampling {
  const { temperature = 0.7, topP = 0.95, topK = 40, seed, maxOutputTokens, stopSequences = [] } = options;
  requireRange('temperature', temperature, 0, 10);
  requireRange('topP', topP, 0, 1);
  requireRange('topK', topK, 0, 1_000_000);
  if (maxOutputTokens !== undefined) requireRange('maxOutputTokens', maxOutputTokens, 1, Number.MAX_SAFE_INTEGER);
  return {
    temperature,
    topP,
    topK: Math.floor(topK),
    seed: seed === undefined ? null : Math.floor(Math.abs(seed)) % seedLimit,
    maxTokens: maxOutputTokens === undefined ? null : Math.floor(maxOutputTokens),
    stop: stopSequences.filter((text) => text !== ''),
  };
}

/** What was asked for and is not done. */
export function warningsFor(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const asked: Record<string, boolean> = {
    tools: (options.tools?.length ?? 0) > 0,
    responseFormat: options.responseFormat?.type === 'json',
    presencePenalty: (options.presencePenalty ?? 0) !== 0,
    frequencyPenalty: (options.frequencyPenalty ?? 0) !== 0,
    reasoning: options.reasoning !== undefined && options.reasoning !== 'provider-default',
  };
  return Object.entries(asked)
    .filter(([, wanted]) => wanted)
    .map(([feature]) => ({ type: 'unsupported', feature }));
}

function requireRange(name: string, value: number, least: number, most: number): void {
  // Written so that NaN is refused too.
  if (value >= least && value <= most) return;
  throw badInput(name, `${name} must be a number from ${least} to ${most}.`);
}

function badInput(path: string, message: string): ClawdbotError<'BAD_INPUT'> {
  return new ClawdbotError('BAD_INPUT', message, { issues: [{ path, message }] });
}
