import { availableParallelism } from 'node:os';
import path from 'node:path';

import { noise, type Contender, type ContenderOptions } from './contender.ts';
import { openEngine, type EngineContender } from './engine-contender.ts';
import { percentile, runBench, type BenchContext } from './harness.ts';
import { openPlain } from './plain-contender.ts';
import { measureLoads, measureRestoring, measureSwitches } from './engine-loads.ts';
import { measureGuessing } from './engine-guessing.ts';
import { measureRestart } from './engine-restart.ts';
import { measureSoak } from './engine-soak.ts';
import { residentBytes } from './resident-bytes.ts';
import { openServer } from './server-contender.ts';

/** Goals of a comparison; `peer` is llama-server, `plain` node-llama-cpp's own loop. */
interface Race {
  readonly metric: string;
  readonly goals: Readonly<Record<string, string>>;
  /** Higher is better for a rate, lower for a time. */
  readonly unit: '1/s' | 'ms';
  measure(contender: Contender, seed: number): Promise<number>;
}

/** What needs processes of its own; the rest is asked of one process each. */
const apart = new Set(['loads', 'restoring', 'switches', 'soak', 'guessing', 'restart']);

await runBench('engine', async (context) => {
  const model = context.options.get('model');
  if (model === undefined) throw new Error('Say which model: --model FILE');
  const threads = Number(context.options.get('threads') ?? availableParallelism());
  const options: ContenderOptions = { model: path.resolve(model), threads, contextTokens: 4096, sequences: 8 };
  const peer = context.options.get('peer');
  for (const metric of peer === undefined ? ['every comparison with llama-server'] : []) {
    context.leftOut(metric, 'it was not named; give its path with --peer PATH');
  }

  const only = context.options.get('only')?.split(',');
  const wanted = (name: string): boolean => only?.includes(name) ?? true;
  if (wanted('loads')) await measureLoads(context, options, peer);
  if (wanted('restoring')) await measureRestoring(context, options);
  if (wanted('switches')) await measureSwitches(context, options);
  if (wanted('soak')) await measureSoak(context);
  if (wanted('restart')) await measureRestart(context, options);
  if (wanted('guessing')) await measureGuessing(context, options);
  if (only?.every((name) => apart.has(name)) ?? false) return;

  const engine = await openEngine(options);
  const others: Record<string, Contender> = {
    plain: await openPlain(options),
    ...(peer === undefined ? {} : { peer: await openServer(peer, options) }),
  };
  try {
    for (const race of races(context.quick)) if (wanted(race.metric)) await run(context, race, engine, others);
    if (wanted('aborts')) await measureAborts(context, engine);
    if (wanted('memory')) await measureMemory(context, engine, others);
  } finally {
    await Promise.all([engine, ...Object.values(others)].map((contender) => contender[Symbol.asyncDispose]()));
  }
});

function races(quick: boolean): Race[] {
  const words = quick ? 40 : 64;
  const prompt = quick ? 256 : 768;
  const writing = (streams: number, peer: string, plain?: string): Race => ({
    metric: `gen${streams}`,
    goals: plain === undefined ? { peer } : { peer, plain },
    unit: '1/s',
    async measure(contender, seed) {
      const asked = await Promise.all(
        Array.from({ length: streams }, (_, index) => contender.ask(noise(seed * 100 + index, 12), words)),
      );
      // Only while all of them were being written.
      const fromMs = Math.max(...asked.map(({ firstMs }) => firstMs));
      const toMs = Math.min(...asked.map(({ arrivalsMs }) => arrivalsMs.at(-1) ?? 0));
      const arrivals = asked.flatMap(({ arrivalsMs }) => arrivalsMs.filter((ms) => ms > fromMs && ms <= toMs));
      return (arrivals.length * 1000) / (toMs - fromMs);
    },
  });
  return [
    {
      metric: 'prompt',
      goals: { peer: '>= 1.0', plain: '>= 1.0' },
      unit: '1/s',
      async measure(contender, seed) {
        const { promptTokens, sentMs, endMs } = await contender.ask(noise(seed, prompt), 1);
        return (promptTokens * 1000) / (endMs - sentMs);
      },
    },
    writing(1, '>= 1.0', '>= 1.2'),
    writing(4, '>= 0.95'),
    writing(8, '>= 0.95', '>= 1.5'),
    {
      metric: 'ttft_cold',
      goals: { peer: '<= 1.0' },
      unit: 'ms',
      async measure(contender, seed) {
        const { sentMs, firstMs } = await contender.ask(noise(600 + seed, prompt), 8);
        return firstMs - sentMs;
      },
    },
    {
      metric: 'ttft_cached',
      goals: { peer: '<= 1.0' },
      unit: 'ms',
      async measure(contender, seed) {
        const text = noise(seed, prompt);
        await contender.ask(text, 1);
        const { sentMs, firstMs } = await contender.ask(text, 8);
        return firstMs - sentMs;
      },
    },
  ];
}

/** All contenders after each other, round after round, each time in another order. */
async function run(
  context: BenchContext,
  race: Race,
  engine: Contender,
  others: Readonly<Record<string, Contender>>,
): Promise<void> {
  const rounds = context.quick ? 3 : 7;
  const racers = Object.entries(others).filter(([name]) => race.goals[name] !== undefined);
  const entries: [string, Contender][] = [['engine', engine], ...racers];
  const samples = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (const [, contender] of entries) await race.measure(contender, 1);
  for (let round = 0; round < rounds; round += 1) {
    const turned = [...entries.slice(round % entries.length), ...entries.slice(0, round % entries.length)];
    for (const [name, contender] of turned) samples.get(name)?.push(await race.measure(contender, 2 + round));
  }
  const own = samples.get('engine') ?? [];
  for (const [name, values] of samples) {
    const metric = name === 'engine' ? race.metric : `${race.metric}_${name}`;
    context.measured({ metric, unit: race.unit, samples: values });
  }
  for (const [name, goal] of Object.entries(race.goals)) {
    const theirs = samples.get(name);
    if (!theirs) continue;
    const ratios = own.map((value, round) => value / (theirs[round] ?? value));
    context.measured({ metric: `${race.metric}_vs_${name}`, unit: 'ratio', goal, samples: ratios });
  }
}

async function measureAborts(context: BenchContext, engine: EngineContender): Promise<void> {
  const samples: number[] = [];
  for (let round = 0; round < (context.quick ? 10 : 40); round += 1) {
    samples.push(await engine.abortAfter(noise(5000 + round, 3000), 200, 20 + ((round * 67) % 600)));
  }
  context.measured({ metric: 'abort_p50', unit: 'ms', samples: [percentile(samples, 50)] });
  context.measured({ metric: 'abort_p99', unit: 'ms', goal: '<= 100', samples: [percentile(samples, 99)] });
}

async function measureMemory(
  context: BenchContext,
  engine: Contender,
  others: Readonly<Record<string, Contender>>,
): Promise<void> {
  const own = await residentBytes(engine.processId);
  context.measured({ metric: 'rss', unit: 'MiB', samples: [own / 2 ** 20] });
  for (const [name, other] of Object.entries(others)) {
    const theirs = await residentBytes(other.processId);
    const goal = name === 'peer' ? '<= 1.1' : '';
    context.measured({ metric: `rss_vs_${name}`, unit: 'ratio', goal, samples: [own / theirs] });
  }
}
