import type { EngineSampling } from '../../shared/model/engine-protocol.ts';

/** The most probable words, as many as there are. */
export const greedySampling: EngineSampling = {
  temperature: 0,
  topK: 40,
  topP: 0.95,
  minP: 0,
  repeatPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
  penaltyTokens: 0,
  seed: 1,
  maxTokens: null,
  stop: [],
  tools: [],
  reasoning: false,
  grammar: null,
  logprobs: null,
};
