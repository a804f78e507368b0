import type { EngineLogprob } from '../../../../shared/model/engine-protocol.ts';

/** The first of the largest; 0 where there is no number at all. */
export function mostProbable(logits: Float32Array): number {
  return Math.max(0, logits.indexOf(largest(logits)));
}

/** Below this distance, in powers of e, all the other words together are not worth counting. */
const negligible = 16;

/** The most probable token, and how probable it is; no number where there is no number. */
export function surestToken(logits: Float32Array): { readonly token: number; readonly probability: number } {
  const token = mostProbable(logits);
  const most = logits[token] ?? Number.NaN;
  let sum = 0;
  for (let index = 0; index < logits.length; index += 1) {
    const distance = (logits[index] ?? -Infinity) - most;
    if (distance > -negligible) sum += Math.exp(distance);
  }
  return { token, probability: 1 / sum };
}

/** Four at a time, which are compared side by side: a vocabulary has 150,000 tokens, and this comes for each word. */
function largest(values: Float32Array): number {
  let a = -Infinity;
  let b = -Infinity;
  let c = -Infinity;
  let d = -Infinity;
  const rest = values.length % 4;
  for (let at = rest; at < values.length; at += 4) {
    const w = values[at] ?? 0;
    const x = values[at + 1] ?? 0;
    const y = values[at + 2] ?? 0;
    const z = values[at + 3] ?? 0;
    if (w > a) a = w;
    if (x > b) b = x;
    if (y > c) c = y;
    if (z > d) d = z;
  }
  return Math.max(a, b, c, d, ...values.subarray(0, rest));
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
