import type { EngineSampling } from '../../../shared/model/engine-protocol.ts';
import { OptionError } from './option-error.ts';

/**
 * The caller has checked the ranges; this keeps from llama.cpp what would make it calculate nonsense or end.
 * @throws OptionError
 */
export function requireSane(sampling: EngineSampling): void {
  for (const [name, value] of Object.entries(sampling)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new OptionError(name, 'It is not a number.');
  }
  if (sampling.repeatPenalty <= 0) throw new OptionError('repeatPenalty', 'It must be more than 0.');
  for (const name of ['topK', 'penaltyTokens'] as const) {
    if (!isCount(sampling[name])) throw new OptionError(name, 'It must be a whole number.');
  }
  if (sampling.logprobs !== null && !isCount(sampling.logprobs)) {
    throw new OptionError('logprobs', 'It must be a whole number.');
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
