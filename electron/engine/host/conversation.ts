import {
  SpecialToken,
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaText,
  type Token,
  type Tokenizer,
} from 'node-llama-cpp';
import type { EngineTurn } from '../../../shared/model/engine-protocol.ts';
import { tokensBeyond } from './tokens-beyond.ts';

/** A conversation as the model reads it. */
export interface PreparedPrompt {
  readonly tokens: Token[];
  readonly stopTexts: readonly string[];
  readonly stopTokens: ReadonlySet<Token>;
  /** Beginnings of an answer that the model's template says are not part of it. */
  readonly ignoredStarts: readonly string[];
}

export type ReadConversation =
  | { readonly kind: 'fits'; readonly prompt: PreparedPrompt }
  | { readonly kind: 'tooLong'; readonly neededTokens: number };

/** Turns a conversation into tokens, without taking long for one that would not fit into the context anyway. */
export async function readConversation(
  tokenizer: Tokenizer,
  wrapper: ChatWrapper,
  { turns, signal }: { readonly turns: readonly EngineTurn[]; readonly signal: AbortSignal },
  contextTokens: number,
): Promise<ReadConversation> {
  const tooMany = await tokensBeyond(tokenizer, turns, contextTokens, signal);
  if (tooMany !== undefined) return { kind: 'tooLong', neededTokens: tooMany };
  const prompt = preparePrompt(tokenizer, wrapper, turns);
  const neededTokens = prompt.tokens.length;
  return neededTokens < usableTokens(contextTokens) ? { kind: 'fits', prompt } : { kind: 'tooLong', neededTokens };
}

/** Tokens a sequence may hold; node-llama-cpp shifts the context when it would hold one more. */
export function usableTokens(contextTokens: number): number {
  return contextTokens - 1;
}

function preparePrompt(tokenizer: Tokenizer, wrapper: ChatWrapper, turns: readonly EngineTurn[]): PreparedPrompt {
  const continued = turns.at(-1)?.role === 'assistant';
  const chatHistory: ChatHistoryItem[] = turns.map(toItem);
  if (!continued) chatHistory.push({ type: 'model', response: [] });
  const state = wrapper.generateContextState({ chatHistory });
  const stops = state.stopGenerationTriggers.map((trigger) => readTrigger(trigger, tokenizer));
  return {
    tokens: state.contextText.tokenize(tokenizer),
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
function readTrigger(trigger: LlamaText, tokenizer: Tokenizer): string | Token {
  let text = '';
  for (const value of trigger.values) {
    if (typeof value === 'string') {
      text += value;
      continue;
    }
    const parts =
      value instanceof SpecialToken ? value.tokenize(tokenizer) : value.tokenizeSpecialTokensOnly(tokenizer);
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
