import { LlamaGrammarEvaluationState, type LlamaModel, type SequenceEvaluateOptions, type Token } from 'node-llama-cpp';
import type { EngineSampling } from '../../../shared/model/engine-protocol.ts';
import { OptionError } from './option-error.ts';
import { UnsupportedError } from './unsupported-error.ts';

/**
 * The options of node-llama-cpp's own sampler. `written` are the tokens of the prompt and the answer so far.
 * @throws UnsupportedError for what it does not have
 */
export function ordinarySampler(sampling: EngineSampling, written: () => Token[]): SequenceEvaluateOptions {
  const { temperature, topK, topP, minP, seed, penaltyTokens } = sampling;
  if (sampling.logprobs !== null) {
    throw new UnsupportedError('logprobs', 'Log probabilities cannot be told for this kind of model here.');
  }
  const penalty =
    penaltyTokens === 0
      ? {}
      : {
          repeatPenalty: {
            punishTokens: () => written().slice(-penaltyTokens),
            maxPunishTokens: penaltyTokens,
            penalty: sampling.repeatPenalty,
            frequencyPenalty: sampling.frequencyPenalty,
            presencePenalty: sampling.presencePenalty,
          },
        };
  // Left out, node-llama-cpp makes a new seed from the clock for every token.
  const fixedSeed = seed ?? Math.floor(Math.random() * (2 ** 32 - 1));
  // The most probable of one token is that token. Temperature 0 would do the same, but then the confidence that is
  // asked for sorts the whole vocabulary for every token.
  if (temperature === 0) return { ...penalty, temperature: 1, topK: 1, topP: 1, minP: 0, seed: fixedSeed };
  return { ...penalty, temperature, topK, topP, minP, seed: fixedSeed };
}

/** @throws OptionError when llama.cpp does not understand the grammar */
export async function openGrammar(
  model: LlamaModel,
  text: string | null,
): Promise<LlamaGrammarEvaluationState | undefined> {
  if (text === null) return undefined;
  try {
    const grammar = await model.llama.createGrammar({ grammar: text });
    return new LlamaGrammarEvaluationState({ model, grammar });
  } catch (error) {
    process.stderr.write(`A grammar was refused: ${String(error)}\n`);
    throw new OptionError('grammar', 'llama.cpp does not understand it.');
  }
}
