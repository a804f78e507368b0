import type { EngineLogprob, EngineSampling } from '../../../../shared/model/engine-protocol.ts';
import { createGrammarGate } from './grammar-gate.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import type { Logits } from './logits.ts';
import { mostProbable, readLogprobs } from './logprobs.ts';

/** Chooses the words of one answer. */
export interface SamplerChain extends Disposable {
  /**
   * The token chosen from the `index`-th output of the last calculation.
   * @throws Error when the model calculated something that is no number
   */
  sample(context: Pointer, index: number): Choice;
  /** From the next token on the answer has to match the grammar. */
  beginGrammar(): void;
}

export interface Choice {
  readonly token: number;
  readonly logprob?: EngineLogprob;
}

export interface SamplerOptions {
  readonly functions: LlamaFunctions;
  readonly vocabulary: Pointer;
  readonly logits: Logits;
  readonly sampling: EngineSampling;
  /** The penalties look at its end. */
  readonly prompt: readonly number[];
  readonly textOf: (token: number) => string;
}

/**
 * The samplers in llama.cpp's own order: penalties, top-k, top-p, min-p, temperature. Temperature 0 is always the most
 * probable token.
 * @throws OptionError when the grammar cannot be understood
 */
export function createSamplerChain(options: SamplerOptions): SamplerChain {
  const { functions, vocabulary, logits, sampling } = options;
  using undo = new DisposableStack();
  const chain = buildChain(options);
  if (chain !== null) undo.defer(() => functions.freeSampler(chain));
  const gate =
    sampling.grammar === null ? undefined : undo.use(createGrammarGate(functions, vocabulary, sampling.grammar, chain));
  let gated = false;
  const owned = undo.move();

  const choose = (context: Pointer, index: number): number => {
    if (gate && gated) return gate.sample(logits.at(context, index));
    if (chain === null) return mostProbable(logits.at(context, index));
    return functions.sample(chain, context, index);
  };

  return {
    sample(context, index) {
      logits.requireNumber(context, index, 0);
      const token = choose(context, index);
      if (token < 0) throw new Error('The sampler chose nothing.');
      logits.requireNumber(context, index, token);
      if (sampling.logprobs === null) return { token };
      return { token, logprob: readLogprobs(logits.at(context, index), token, sampling.logprobs, options.textOf) };
    },
    beginGrammar() {
      gated = true;
    },
    [Symbol.dispose]: () => owned.dispose(),
  };
}

/** Null where the most probable token is all there is to know, which needs no list of candidates. */
function buildChain({ functions, sampling, logits, prompt }: SamplerOptions): Pointer {
  const { temperature, topK, topP, minP, seed } = sampling;
  const penalised = hasPenalties(sampling);
  if (temperature === 0 && !penalised && sampling.grammar === null) return null;
  const chain = functions.newChain({ no_perf: true });
  if (penalised) {
    const { penaltyTokens, repeatPenalty, frequencyPenalty, presencePenalty } = sampling;
    functions.addToChain(
      chain,
      functions.penalties(logits.vocabularyTokens, penaltyTokens, repeatPenalty, frequencyPenalty, presencePenalty),
    );
  }
  if (temperature === 0) {
    functions.addToChain(chain, functions.greedy());
  } else {
    if (topK > 0) functions.addToChain(chain, functions.topK(topK));
    if (topP < 1) functions.addToChain(chain, functions.topP(topP, 1));
    if (minP > 0) functions.addToChain(chain, functions.minP(minP, 1));
    functions.addToChain(chain, functions.temperature(temperature));
    functions.addToChain(chain, functions.random(seed ?? Math.floor(Math.random() * (2 ** 32 - 1))));
  }
  if (penalised) for (const token of prompt.slice(-sampling.penaltyTokens)) functions.acceptToken(chain, token);
  return chain;
}

function hasPenalties(sampling: EngineSampling): boolean {
  const { penaltyTokens, repeatPenalty, frequencyPenalty, presencePenalty } = sampling;
  return penaltyTokens > 0 && (repeatPenalty !== 1 || frequencyPenalty !== 0 || presencePenalty !== 0);
}
