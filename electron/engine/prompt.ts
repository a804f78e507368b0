import type { LanguageModelV4CallOptions, LanguageModelV4Message, SharedV4Warning } from '@ai-sdk/provider';
import type { EngineCall, EngineTurn } from '../../shared/model/engine-protocol.ts';
import { badInput } from './bad-input.ts';

type Content<R> = Extract<LanguageModelV4Message, { role: R }>['content'];

/**
 * Thoughts of earlier answers are left out: a model does not read them again.
 * @throws BAD_INPUT for anything but text and tools, and for a prompt that begins with nothing to answer
 */
export function parsePrompt(prompt: readonly LanguageModelV4Message[]): EngineTurn[] {
  if (prompt.length === 0) throw badInput('prompt', 'A prompt needs at least one message.');
  return prompt.flatMap((message, index) => parseMessage(message, `prompt.${index}`));
}

function parseMessage(message: LanguageModelV4Message, place: string): EngineTurn[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', text: message.content }];
    case 'user':
      return [{ role: 'user', text: joinText(message.content, place) }];
    case 'assistant': {
      const calls = message.content.flatMap((part): EngineCall[] =>
        part.type === 'tool-call' ? [{ name: part.toolName, input: JSON.stringify(part.input ?? {}) }] : [],
      );
      const spoken = message.content.filter(({ type }) => type !== 'tool-call' && type !== 'reasoning');
      const text = joinText(spoken, place);
      return [calls.length === 0 ? { role: 'assistant', text } : { role: 'assistant', text, calls }];
    }
    case 'tool':
      return parseResults(message.content, place);
  }
}

function joinText(content: readonly { readonly type: string; readonly text?: string }[], place: string): string {
  return content
    .map((part, index) => {
      if (part.type === 'text' && part.text !== undefined) return part.text;
      throw badInput(
        `${place}.content.${index}`,
        `Local models can read only text, not "${part.type}". Remove it, or choose a cloud model.`,
      );
    })
    .join('');
}

function parseResults(content: Content<'tool'>, place: string): EngineTurn[] {
  if (content.length === 0) throw badInput(place, 'A message with the results of tools is empty.');
  return content.map((part, index) => {
    if (part.type !== 'tool-result') {
      throw badInput(`${place}.content.${index}`, 'Local models run no tools themselves.');
    }
    const { output, toolName } = part;
    switch (output.type) {
      case 'text':
      case 'error-text':
        return { role: 'tool', name: toolName, text: output.value };
      case 'json':
      case 'error-json':
        return { role: 'tool', name: toolName, text: JSON.stringify(output.value) };
      case 'execution-denied':
        return { role: 'tool', name: toolName, text: `The person did not allow it. ${output.reason ?? ''}`.trim() };
      case 'content':
        return { role: 'tool', name: toolName, text: joinText(output.value, `${place}.content.${index}`) };
    }
  });
}

/** What was asked for and is not done. */
export function warningsFor(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const asked: Record<string, boolean> = {
    'provider-defined tools': (options.tools ?? []).some(({ type }) => type !== 'function'),
    // A model thinks as long as it likes, or not at all.
    reasoning: !['provider-default', 'none', undefined].includes(options.reasoning),
  };
  return Object.entries(asked)
    .filter(([, wanted]) => wanted)
    .map(([feature]) => ({ type: 'unsupported', feature }));
}
