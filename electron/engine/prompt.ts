import type { LanguageModelV4CallOptions, LanguageModelV4Message, SharedV4Warning } from '@ai-sdk/provider';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineTurn } from '../../shared/model/engine-protocol.ts';

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

/** What was asked for and is not done. */
export function warningsFor(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const asked: Record<string, boolean> = {
    tools: (options.tools?.length ?? 0) > 0,
    // A model thinks as long as it likes, or not at all.
    reasoning: !['provider-default', 'none', undefined].includes(options.reasoning),
  };
  return Object.entries(asked)
    .filter(([, wanted]) => wanted)
    .map(([feature]) => ({ type: 'unsupported', feature }));
}

function badInput(path: string, message: string): ClawdbotError<'BAD_INPUT'> {
  return new ClawdbotError('BAD_INPUT', message, { issues: [{ path, message }] });
}
