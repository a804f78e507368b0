import type { LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';

import type { ThreadContext } from '../../shared/contract/index.ts';
import type { GivenSource, GivenSources } from '../store/answer-sources.ts';
import type { FoundPassage } from '../store/document-store.ts';

export interface PromptRequest {
  readonly conversationId: string;
  /** The end of a branch: what is to be answered, or the answer that is to be continued. */
  readonly headId: string;
  /** Empty means none. */
  readonly systemPrompt: string;
  /** What the model can hold, its answer included. */
  readonly contextTokens: number;
  /** How many tokens an estimated one turned out to be; 1 when nothing is known, more when estimates were too low. */
  readonly tokenScale: number;
  /** A very small model: it reads a few sentences and a question, and no instructions around them. */
  readonly plainReader?: boolean;
  /** Another answer to a question that was answered already is wanted. */
  readonly again?: boolean;
  /** What `PreparePrompt` found in documents; words alone decide without it. */
  readonly ranking?: readonly FoundPassage[];
  /** What the answer that is continued was given before: its passages keep their numbers. */
  readonly givenBefore?: readonly GivenSource[];
}

export interface AssembledPrompt {
  readonly prompt: LanguageModelV4Prompt;
  /** Messages before the first one in the prompt that did not fit and that no summary covers. */
  readonly omittedMessages: number;
  readonly estimatedTokens: number;
  /**
   * There where several things are to be read one after the other: the model that does so with the given one. It is asked
   * once, and what it streams holds `raw` parts about which of them is read.
   */
  readonly through?: (model: LanguageModelV4) => LanguageModelV4;
  /** What of documents is in it; left out when the branch brought none. */
  readonly sources?: GivenSources;
}

/**
 * What a model is given to read: the system prompt, notes on what lies far back, the newest exchanges that fit, what was
 * said earlier about the last question, and that question, always.
 *
 * @throws CONTEXT_FULL when the system prompt and the least of the last question alone are longer than the context
 */
export type AssemblePrompt = (request: PromptRequest) => AssembledPrompt;

/**
 * What has to be waited for before a prompt is made: passages of documents by what they mean. Undefined when there is
 * nothing of the kind. @throws CANCELLED
 */
export type PreparePrompt = (
  request: PromptRequest,
  signal: AbortSignal,
) => Promise<readonly FoundPassage[] | undefined>;

/** Keeps conversations short for models while nobody waits, and names them. Nothing a person wrote is changed. */
export interface ContextKeeper extends AsyncDisposable {
  /** What is summarised on the branch on screen: now, and again after every change. @throws CONVERSATION_NOT_FOUND */
  watch(conversationId: string, signal: AbortSignal): AsyncIterable<ThreadContext>;
  /** Tries at once what failed. */
  retry(conversationId: string): void;
}
