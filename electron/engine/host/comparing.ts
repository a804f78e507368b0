import type { EnginePriority, EngineTuning } from '../../../shared/model/engine-protocol.ts';
import { UnsupportedError } from './unsupported-error.ts';

export interface EmbedTask {
  readonly texts: readonly string[];
  readonly priority: EnginePriority;
  readonly signal: AbortSignal;
}

export interface RerankTask {
  readonly query: string;
  readonly documents: readonly string[];
  readonly priority: EnginePriority;
  readonly signal: AbortSignal;
}

interface Read {
  /** Indices of texts of which only the beginning was read. */
  readonly cut: readonly number[];
  readonly tokens: number;
}

export interface Embedded extends Read {
  /** Of length 1, in the order of the texts. */
  readonly vectors: readonly Float32Array[];
}

export interface Ranked extends Read {
  /** In the order of the documents. */
  readonly scores: readonly number[];
}

/** What models do that compare texts. */
export interface Comparing {
  /** @throws UnsupportedError, or the signal's reason */
  embed(task: EmbedTask): Promise<Embedded>;
  /** @throws UnsupportedError, or the signal's reason */
  rerank(task: RerankTask): Promise<Ranked>;
}

/** Of longer texts only the beginning is read: attention over all of a text at once grows with the square of it. */
export const mostTokensOfText = 2048;

const otherPurpose = 'It was made to write answers.';

export const comparesNothing: Comparing = {
  embed: () => Promise.reject(new UnsupportedError('embeddings', otherPurpose)),
  rerank: () => Promise.reject(new UnsupportedError('reranking', otherPurpose)),
};

/** Options that have a meaning for models that write only. @throws UnsupportedError naming the option */
export function requireComparingTuning({ adapters, speculation, kvType }: EngineTuning): void {
  const reason = 'It compares texts; this is for models that write.';
  if (adapters.length > 0) throw new UnsupportedError('adapters', reason);
  if (speculation !== 'off') throw new UnsupportedError('speculation', reason);
  if (kvType !== 'f16') throw new UnsupportedError('kvType', reason);
}
