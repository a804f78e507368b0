import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';

import type { TurnParameters } from '../../shared/model/turn-setup.ts';

type CallOptions = Omit<LanguageModelV4CallOptions, 'prompt' | 'abortSignal' | 'includeRawChunks'>;

/**
 * How a model is asked to answer. A local model keeps what it has read for the conversation's next turn; others do not
 * look at `providerOptions.clawdbot`, where also stands what the AI SDK has no word for.
 */
export function toCallOptions(conversationId: string, parameters: TurnParameters): CallOptions {
  const { temperature, topP, topK, minP, repeatPenalty, maxTokens, seed, thinking } = parameters;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(thinking === false ? { reasoning: 'none' } : {}),
    providerOptions: {
      clawdbot: {
        conversation: conversationId,
        ...(minP === undefined ? {} : { minP }),
        ...(repeatPenalty === undefined ? {} : { repeatPenalty }),
      },
    },
  };
}
