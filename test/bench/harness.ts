/** One line of output. `value` is the median of `rounds` rounds, `min` and `max` their range. */
export interface BenchLine {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** A comparison with a number, such as `<= 30`; empty where nothing is promised. */
  readonly goal: string;
  readonly rounds: number;
  readonly min: number;
  readonly max: number;
}

export interface Measurement {
  readonly metric: string;
  readonly unit: string;
  readonly goal?: string;
  /** One value a round; at least one. */
  readonly samples: readonly number[];
}

export interface BenchContext {
  /** A rough figure within a minute is wanted. */
  readonly quick: boolean;
  /** Anything else on the command line, such as `--peer PATH`, by name without the dashes. */
  readonly options: ReadonlyMap<string, string>;
  measured(measurement: Measurement): void;
  /** A metric that could not be measured here is named with the reason, never silently absent. */
  leftOut(metric: string, reason: string): void;
  /** Progress for people; kept apart from the results. */
  note(text: string): void;
}

/** Runs one benchmark with the flags of `npm run bench -- NAME [--json] [--quick] [--option VALUE]`. */
export async function runBench(bench: string, measure: (context: BenchContext) => Promise<void>): Promise<void> {
  const flags = parseBenchFlags(process.argv.slice(2));
  const lines: BenchLine[] = [];
  await measure({
    quick: flags.quick,
    options: flags.options,
    measured: (measurement) => {
      const line = toBenchLine(bench, measurement);
      lines.push(line);
      if (flags.json) console.log(JSON.stringify(line));
    },
    leftOut: (metric, reason) => console.error(`${bench}: ${metric} left out: ${reason}`),
    note: (text) => console.error(`${bench}: ${text}`),
  });
  if (!flags.json) console.log(formatBenchTable(lines));
  if (lines.length === 0) {
    console.error(`${bench}: nothing was measured.`);
    process.exitCode = 1;
  }
}

export function parseBenchFlags(args: readonly string[]): {
  json: boolean;
  quick: boolean;
  options: ReadonlyMap<string, string>;
} {
  const options = new Map<string, string>();
  for (const [index, argument] of args.entries()) {
    const match = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/.exec(argument);
    const name = match?.[1];
    if (name === undefined) continue;
    const next = args[index + 1];
    options.set(name, match?.[2] ?? (next === undefined || next.startsWith('--') ? '' : next));
  }
  const [json, quick] = [options.delete('json'), options.delete('quick')];
  return { json, quick, options };
}

export function toBenchLine(bench: string, measurement: Measurement): BenchLine {
  const { metric, unit, goal = '', samples } = measurement;
  if (samples.length === 0) throw new Error(`${bench}: ${metric} has no samples.`);
  return {
    bench,
    metric,
    value: rounded(percentile(samples, 50)),
    unit,
    goal,
    rounds: samples.length,
    min: rounded(Math.min(...samples)),
    max: rounded(Math.max(...samples)),
  };
}

/** The value below which `percent` of the samples lie, linearly interpolated between neighbours. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('A percentile of no samples was asked for.');
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Takes the variants in turn, round after round, so that what slows the machine down slows all of them. Gives the
 * samples of each variant, one a round.
 */
export async function interleave(
  rounds: number,
  variants: Readonly<Record<string, (round: number) => Promise<number>>>,
): Promise<Map<string, number[]>> {
  const samples = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(variants)) {
      const value = await measure(round);
      samples.set(name, [...(samples.get(name) ?? []), value]);
    }
  }
  return samples;
}

/** Whether a value keeps a goal such as `<= 30`, `>= 0.95` or `0`; undefined where there is none. */
export function keepsGoal(value: number, goal: string): boolean | undefined {
  const match = /^(<=|>=|<|>|=)?\s*(-?\d+(?:\.\d+)?)$/.exec(goal.trim());
  if (match === null) return undefined;
  const bound = Number(match[2]);
  switch (match[1]) {
    case '<=':
      return value <= bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '>':
      return value > bound;
    default:
      return value === bound;
  }
}

export function formatBenchTable(lines: readonly BenchLine[]): string {
  const rows = lines.map((line) => {
    const kept = keepsGoal(line.value, line.goal);
    const verdict = kept === undefined ? '' : kept ? 'kept' : 'missed';
    const range = line.rounds > 1 ? `${line.min} to ${line.max} in ${line.rounds} rounds` : 'one round';
    return [line.metric, `${line.value} ${line.unit}`, line.goal && `goal ${line.goal}`, verdict, range];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
