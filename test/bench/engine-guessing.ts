import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { defaultTuning, type EngineTuning } from '../../shared/model/engine-protocol.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { recitalText } from '../suites/engine-asking.ts';
import type { ContenderOptions } from './contender.ts';
import { openEngine, type EngineAsked, type EngineContender } from './engine-contender.ts';
import type { BenchContext } from './harness.ts';

/** Sizes of a model that is about forty times as much work for a word as the one that guesses for it. */
const large = { width: 1024, layers: 16, feedForward: 4096 } as const;

/**
 * One answer with a smaller model that guesses ahead and without, from models that recite: one that guesses all words,
 * and one that is wrong at every sixth. What real models guess is known only of real models.
 */
export async function measureGuessing(context: BenchContext, options: ContenderOptions): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-guessing-'));
  try {
    const place = (name: string): string => path.join(folder, `${name}.gguf`);
    const text = recitalText('word', 160);
    await writeScriptedModel(place('large'), { text, ...large });
    await writeScriptedModel(place('sure'), { text });
    await writeScriptedModel(place('mistaken'), { text, mistakenEvery: 6 });
    const tunings: Readonly<Record<string, EngineTuning>> = {
      plain: defaultTuning,
      lookup: { ...defaultTuning, speculation: 'lookup' },
      draft: { ...defaultTuning, speculation: 'draft', draftPath: place('sure') },
      draft_mistaken: { ...defaultTuning, speculation: 'draft', draftPath: place('mistaken') },
    };
    const rates = new Map<string, number[]>();
    const rounds = context.quick ? 2 : 5;
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, tuning] of Object.entries(tunings)) {
        await using engine = await openEngine({ ...options, model: place('large'), tuning });
        const asked = await ask(engine, name === 'lookup' ? text : 'Go on');
        const { proposed, right } = asked.guesses;
        rates.set(name, [...(rates.get(name) ?? []), rateOf(asked)]);
        if (round > 0 || proposed === 0) continue;
        context.measured({ metric: `gen1_${name}_accepted`, unit: '%', samples: [(right / proposed) * 100] });
      }
    }
    const plain = rates.get('plain') ?? [];
    for (const [name, samples] of rates) {
      context.measured({ metric: `gen1_${name}`, unit: '1/s', samples });
      if (name === 'plain') continue;
      const ratios = samples.map((rate, round) => rate / (plain[round] ?? rate));
      context.measured({ metric: `gen1_${name}_vs_plain`, unit: 'ratio', goal: '>= 1.0', samples: ratios });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ask(engine: EngineContender, text: string): Promise<EngineAsked> {
  return engine.askOf('bench', text, 400);
}

/** Words a second after the first. */
function rateOf({ firstMs, endMs, replyTokens }: EngineAsked): number {
  return ((replyTokens - 1) * 1000) / (endMs - firstMs);
}
