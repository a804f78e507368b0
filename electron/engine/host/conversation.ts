import {
  SpecialToken,
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  type LlamaText,
  type Token,
} from 'node-llama-cpp';
import type { EngineTurn } from '../../../shared/model/engine-protocol.ts';

/** A conversation as the model reads it. */
export interface PreparedPrompt {
  readonly tokens: Token[];
  readonly stopTexts: readonly string[];
  readonly stopTokens: ReadonlySet<Token>;
  /** Beginnings of an answer that the model's template says are not part of it. */
  readonly ignoredStarts: readonly string[];
}

export function preparePrompt(model: LlamaModel, wrapper: ChatWrapper, turns: readonly EngineTurn[]): PreparedPrompt {
  const continued = turns.at(-1)?.role === 'assistant';
  const chatHistory: ChatHistoryItem[] = turns.map(toItem);
  if (!continued) chatHistory.push({ type: 'model', response: [] });
  const state = wrapper.generateContextState({ chatHistory });
  const stops = state.stopGenerationTriggers.map((trigger) => readTrigger(trigger, model));
  return {
    tokens: state.contextText.tokenize(model.tokenizer),
    stopTexts: stops.flatMap((stop) => (typeof stop === 'string' && stop !== '' ? [stop] : [])),
    stopTokens: new Set(stops.flatMap((stop) => (typeof stop === 'string' ? [] : [stop]))),
    ignoredStarts: continued ? [] : (state.ignoreStartText ?? []).flatMap(plainText),
  };
}

function toItem({ role, text }: EngineTurn): ChatHistoryItem {
  switch (role) {
    case 'system':
      return { type: 'system', text };
    case 'user':
      return { type: 'user', text };
    case 'assistant':
      return { type: 'model', response: [text] };
  }
}

/**
 * A trigger is text, or holds a special token. A special token never appears inside an answer, so the first one in a
 * trigger is enough to know that the answer is over.
 */
function readTrigger(trigger: LlamaText, model: LlamaModel): string | Token {
  let text = '';
  for (const value of trigger.values) {
    if (typeof value === 'string') {
      text += value;
      continue;
    }
    const parts =
      value instanceof SpecialToken
        ? value.tokenize(model.tokenizer)
        : value.tokenizeSpecialTokensOnly(model.tokenizer);
    for (const part of parts) {
      if (typeof part !== 'string') return part;
      text += part;
    }
  }
  return text;
}

function plainText(text: LlamaText): string[] {
  return text.values.every((value) => typeof value === 'string') ? [text.values.join('')] : [];
}
