import type { MetadataLookup } from './metadata-lookup.ts';

/** Layers that look back over the last tokens only. */
export interface SlidingWindow {
  /** How far they look back. */
  readonly tokens: number;
  /** For each layer whether it is one of them. */
  readonly layers: readonly boolean[];
}

interface Family {
  /** Every so manieth layer looks at everything, where the file does not say which. */
  readonly period?: number;
  /** Where the file does not say; without one there is no window then. */
  readonly tokens?: number;
}

/**
 * The families of llama.cpp whose layers are told apart by these keys alone (`load_arch_hparams` of each). What is not
 * listed is taken to look at everything, which counts too much memory, never too little.
 */
const families: Readonly<Record<string, Family>> = {
  cohere2: { period: 4 },
  gemma2: { period: 2, tokens: 4096 },
  gemma3: { period: 6 },
  gemma3n: { period: 5 },
  gemma4: {},
  'gpt-oss': { period: 2 },
  mimo2: {},
  olmo2: { period: 4 },
  plamo3: { period: 8 },
};

/** Undefined for a model all of whose layers look at everything. @throws GgufError */
export function readSlidingWindow(
  architecture: string,
  metadata: MetadataLookup,
  layers: number,
): SlidingWindow | undefined {
  const family = families[architecture];
  if (!family) return undefined;
  const tokens = metadata.tryCount(`${architecture}.attention.sliding_window`) ?? family.tokens ?? 0;
  const pattern = readPattern(`${architecture}.attention.sliding_window_pattern`, metadata, family, layers);
  return tokens > 0 && pattern?.includes(true) === true ? { tokens, layers: pattern } : undefined;
}

function readPattern(
  key: string,
  metadata: MetadataLookup,
  family: Family,
  layers: number,
): readonly boolean[] | undefined {
  const list = metadata.tryFlags(key);
  if (list !== undefined) return list.length === layers ? list : undefined;
  const period = metadata.tryCount(key) ?? family.period;
  if (period === undefined) return undefined;
  return Array.from({ length: layers }, (_, layer) => period === 0 || layer % period < period - 1);
}
