import type { EngineSampling } from '../../../../shared/model/engine-protocol.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** Chooses the words of one answer. */
export interface SamplerChain extends Disposable {
  /** The token chosen from the `index`-th output of the last calculation. */
  sample(context: Pointer, index: number): number;
}

/** The samplers in llama.cpp's own order: top-k, top-p, temperature. Temperature 0 is always the most probable token. */
export function createSamplerChain(functions: LlamaFunctions, sampling: EngineSampling): SamplerChain {
  const { temperature, topK, topP, seed } = sampling;
  const chain = functions.newChain({ no_perf: true });
  if (temperature === 0) {
    functions.addToChain(chain, functions.greedy());
  } else {
    if (topK > 0) functions.addToChain(chain, functions.topK(topK));
    if (topP < 1) functions.addToChain(chain, functions.topP(topP, 1));
    functions.addToChain(chain, functions.temperature(temperature));
    functions.addToChain(chain, functions.random(seed ?? Math.floor(Math.random() * 2 ** 32)));
  }
  return {
    sample: (context, index) => functions.sample(chain, context, index),
    [Symbol.dispose]: () => functions.freeSampler(chain),
  };
}
