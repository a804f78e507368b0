import type { EngineLogprob } from '../../../../shared/model/engine-protocol.ts';

/** The first of the largest; 0 for an empty list and one that begins with NaN. */
export function mostProbable(logits: Float32Array): number {
  let best = 0;
  let most = logits[0] ?? 0;
  for (let token = 1; token < logits.length; token += 1) {
    const value = logits[token] ?? 0;
    if (value > most) {
      most = value;
      best = token;
    }
  }
  return best;
}

/** Natural logarithms of the probabilities that the model gives, before any sampler. */
export function readLogprobs(
  logits: Float32Array,
  chosen: number,
  count: number,
  textOf: (token: number) => string,
): EngineLogprob {
  const top: { token: number; value: number }[] = [];
  const most = logits[mostProbable(logits)] ?? 0;
  let sum = 0;
  for (let token = 0; token < logits.length; token += 1) {
    const value = logits[token] ?? -Infinity;
    sum += Math.exp(value - most);
    const last = top.at(-1);
    if (count === 0 || (last && top.length === count && value <= last.value)) continue;
    const place = top.findIndex((other) => other.value < value);
    top.splice(place < 0 ? top.length : place, 0, { token, value });
    if (top.length > count) top.pop();
  }
  const total = most + Math.log(sum);
  // Rounding may put a certain token a hair above zero; what is impossible is told as very improbable.
  const logprobOf = (value: number): number => Math.max(-9999, Math.min(0, value - total));
  return {
    token: textOf(chosen),
    logprob: logprobOf(logits[chosen] ?? -Infinity),
    top: top.map(({ token, value }) => ({ token: textOf(token), logprob: logprobOf(value) })),
  };
}
