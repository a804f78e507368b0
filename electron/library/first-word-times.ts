const keptSamples = 5;

/** How long the first word took lately, by model; kept as long as the app runs. */
export interface FirstWordTimes {
  add(modelId: string, elapsedMs: number): void;
  /** Median of the last few, in milliseconds, with two digits that count: more would change with every answer. */
  expectedMs(modelId: string): number | null;
}

export function createFirstWordTimes(): FirstWordTimes {
  const samples = new Map<string, number[]>();
  return {
    add(modelId, elapsedMs) {
      samples.set(modelId, [...(samples.get(modelId) ?? []), elapsedMs].slice(-keptSamples));
    },
    expectedMs(modelId) {
      const sorted = samples.get(modelId)?.toSorted((a, b) => a - b);
      const median = sorted?.[Math.floor(sorted.length / 2)];
      return median === undefined ? null : Number(median.toPrecision(2));
    },
  };
}
