import {
  JinjaTemplateChatWrapper,
  SpecialToken,
  type ChatWrapper,
  type LlamaText,
  type Token,
  type Tokenizer,
} from 'node-llama-cpp';
import type { EngineSampling, EngineTurn } from '../../../shared/model/engine-protocol.ts';
import { answerStarts, prepareThought, type Thought } from './thought.ts';
import { callMarks, writeHistory } from './tool-history.ts';
import { tokensBeyond } from './tokens-beyond.ts';

/** A conversation as the model reads it. */
export interface PreparedPrompt {
  readonly tokens: Token[];
  readonly stopTexts: readonly string[];
  readonly stopTokens: ReadonlySet<Token>;
  /** Beginnings of an answer that the model's template says are not part of it. */
  readonly ignoredStarts: readonly string[];
  /** Undefined when the answer is not preceded by a thought. */
  readonly thought: Thought | undefined;
  /** Special tokens that are read as their text, because they say what the words after them are. */
  readonly markTokens: ReadonlyMap<Token, string>;
}

export type ReadConversation =
  | { readonly kind: 'fits'; readonly prompt: PreparedPrompt }
  | { readonly kind: 'tooLong'; readonly neededTokens: number };

export interface Question {
  readonly turns: readonly EngineTurn[];
  readonly sampling: Pick<EngineSampling, 'reasoning' | 'tools'>;
  readonly signal: AbortSignal;
}

/** Turns a conversation into tokens, without taking long for one that would not fit into the context anyway. */
export async function readConversation(
  tokenizer: Tokenizer,
  wrapper: ChatWrapper,
  question: Question,
  contextTokens: number,
): Promise<ReadConversation> {
  const tooMany = await tokensBeyond(tokenizer, question.turns, contextTokens, question.signal);
  if (tooMany !== undefined) return { kind: 'tooLong', neededTokens: tooMany };
  const prompt = preparePrompt(tokenizer, wrapper, question);
  const neededTokens = prompt.tokens.length;
  return neededTokens < usableTokens(contextTokens) ? { kind: 'fits', prompt } : { kind: 'tooLong', neededTokens };
}

/** Tokens a sequence may hold; node-llama-cpp shifts the context when it would hold one more. */
export function usableTokens(contextTokens: number): number {
  return contextTokens - 1;
}

function preparePrompt(tokenizer: Tokenizer, usual: ChatWrapper, { turns, sampling }: Question): PreparedPrompt {
  const { wrapper, items, functions, continued } = writeHistory(usual, tokenizer, turns, sampling.tools);
  const state = wrapper.generateContextState({
    chatHistory: items,
    ...(functions ? { availableFunctions: functions, documentFunctionParams: true } : {}),
  });
  const stops = state.stopGenerationTriggers.map((trigger) => readTrigger(trigger, tokenizer));
  const template = wrapper instanceof JinjaTemplateChatWrapper ? wrapper.template : '';
  const { prompt, thought } = continued
    ? { prompt: state.contextText, thought: undefined }
    : prepareThought(wrapper, template, state.contextText, sampling.reasoning);
  const marks = [
    ...(thought ? [thought.marks.open, ...thought.marks.close] : []),
    ...(sampling.tools.length > 0 ? callMarks : []),
  ];
  return {
    tokens: prompt.tokenize(tokenizer),
    stopTexts: stops.flatMap((stop) => (typeof stop === 'string' && stop !== '' ? [stop] : [])),
    stopTokens: new Set(stops.flatMap((stop) => (typeof stop === 'string' ? [] : [stop]))),
    ignoredStarts: continued ? [] : [...(state.ignoreStartText ?? []).flatMap(plainText), ...answerStarts(thought)],
    thought,
    markTokens: findMarkTokens(tokenizer, marks),
  };
}

/** The special tokens among those that the marks are made of; others are read as their text anyway. */
function findMarkTokens(tokenizer: Tokenizer, marks: readonly string[]): Map<Token, string> {
  const found = new Map<Token, string>();
  for (const mark of marks) {
    for (const token of tokenizer(mark, true)) {
      const text = tokenizer.detokenize([token], true);
      if (tokenizer.detokenize([token]) === '' && text.trim() !== '' && mark.includes(text)) found.set(token, text);
    }
  }
  return found;
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
