import { tryChooseValues } from './choose-values.ts';
import { tryCompute } from './compute.ts';
import type { Corpus, EntryOf } from './corpus.ts';
import { splitOfRelation, type Split } from './held-out.ts';
import type { Random } from './random.ts';
import type { SampleTurn } from './sample.ts';
import type { TryMake } from './small-tasks.ts';
import type { Language } from './slot-lists.ts';
import { fillSlots, slotsOf } from './slot-types.ts';
import { toolCall, toolCatalogue, toolResponse, toolsPrompt } from './tool-catalogue.ts';

/** Asking for a tool among those offered, and answering with what it gave. */
export function toolCalls(corpus: Corpus, language: Language, split: Split): TryMake[] {
  const entries = corpus.of('tool', language).filter((entry) => splitOfRelation(entry.q[0] ?? '') === split);
  return entries.map((entry) => (wishes) => {
    const { random } = wishes;
    const texts = [...entry.q, ...Object.values(entry.args), entry.result, ...entry.a];
    const computed = Object.keys(entry.compute ?? {});
    const chosen = tryChooseValues(
      slotsOf(texts.join(' ')).filter((slot) => !computed.includes(slot)),
      texts,
      wishes,
    );
    const values = chosen && withComputed(entry, chosen);
    if (values === undefined) return undefined;
    const fill = (text: string): string => fillSlots(text, values);
    const args = Object.fromEntries(Object.entries(entry.args).map(([key, value]) => [key, fill(value)]));
    const turns: SampleTurn[] = [
      { role: 'system', text: offer(entry.tool, random) },
      { role: 'user', text: fill(random.pick(entry.q)) },
      { role: 'assistant', text: toolCall(entry.tool, args) },
      { role: 'user', text: toolResponse(fill(entry.result)) },
      { role: 'assistant', text: fill(random.pick(entry.a)) },
    ];
    return { kind: 'tool', turns };
  });
}

/** Talk that needs no tool, while tools are offered. */
export function toollessChats(makes: readonly TryMake[]): TryMake {
  return (wishes) => {
    const sample = wishes.random.pick(makes)(wishes);
    return sample && { ...sample, turns: [{ role: 'system', text: offer('', wishes.random) }, ...sample.turns] };
  };
}

function offer(needed: string, random: Random): string {
  const others = toolCatalogue.filter(({ name }) => name !== needed);
  const offered = [
    ...random.sample(others, random.whole(1, 6)),
    ...toolCatalogue.filter(({ name }) => name === needed),
  ];
  return toolsPrompt(random.shuffled(offered));
}

function withComputed(
  { compute = {} }: EntryOf<'tool'>,
  values: ReadonlyMap<string, string>,
): Map<string, string> | undefined {
  const all = new Map(values);
  for (const [slot, expression] of Object.entries(compute)) {
    const result = tryCompute(fillSlots(expression, values).replaceAll(',', ''));
    if (result === undefined) return undefined;
    all.set(slot, result);
  }
  return all;
}
