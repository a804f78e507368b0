import type { LanguageModelV4Prompt } from '@ai-sdk/provider';

export interface PromptRequest {
  /** Empty means none. */
  readonly systemPrompt: string;
  /** A branch, oldest first. It ends with what is to be answered, or with the answer that is to be continued. */
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** What the model can hold, its answer included. */
  readonly contextTokens: number;
  /** How many tokens an estimated one turned out to be; 1 when nothing is known, more when estimates were too low. */
  readonly tokenScale: number;
}

export interface AssembledPrompt {
  readonly prompt: LanguageModelV4Prompt;
  /** Messages before the first one in the prompt that did not fit. */
  readonly omittedMessages: number;
  readonly estimatedTokens: number;
}

/**
 * What a model is given to read: the system prompt and the newest exchanges that fit, the last question always.
 *
 * @throws CONTEXT_FULL when the system prompt and the last question alone are longer than the context
 */
export type AssemblePrompt = (request: PromptRequest) => AssembledPrompt;
