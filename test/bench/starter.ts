import path from 'node:path';

import type { LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';

import { readEvalSet, type EvalEntry } from '../../models/starter/eval/eval-set.ts';
import { findSentences } from '../../shared/model/find-sentences.ts';
import { isRight } from '../../models/starter/eval/judge.ts';
import { documentPrompt } from '../../models/starter/generate/document-prompt.ts';
import { checkModel, openRealEngine } from '../engine/real-models.ts';
import { runBench, type BenchContext } from './harness.ts';

/**
 * `npm run bench -- starter [--model FILE] [--per-row N] [--threads N] [--show N]`: what the starter model can do, through
 * the real engine over the committed held-out set. `--show N` prints N wrong answers a row.
 */
const modelFile = path.join(import.meta.dirname, '../../models/starter/clawdbot-starter.gguf');
const retrievedSentences = 3;
const longestAnswerTokens = 160;

interface Asking {
  readonly context: BenchContext;
  readonly model: LanguageModelV4;
  readonly entries: readonly EvalEntry[];
}

interface Ability {
  readonly metric: string;
  readonly row: EvalEntry['row'];
  readonly goal: string;
  /** Whether the model gets only the sentences that were found, as the app gives them. */
  readonly retrieved?: boolean;
}

const abilities: readonly Ability[] = [
  { metric: 'doc_seen', row: 'doc_seen', goal: '>= 95', retrieved: true },
  { metric: 'doc_seen_whole', row: 'doc_seen', goal: '' },
  { metric: 'doc_unseen', row: 'doc_unseen', goal: '>= 70', retrieved: true },
  { metric: 'doc_unseen_whole', row: 'doc_unseen', goal: '' },
  { metric: 'doc_absent', row: 'doc_absent', goal: '>= 90', retrieved: true },
  { metric: 'doc_absent_whole', row: 'doc_absent', goal: '' },
  { metric: 'tool_call', row: 'tool_call', goal: '>= 95' },
  { metric: 'title_summary', row: 'title_summary', goal: '>= 90' },
  { metric: 'chat_patterns', row: 'chat_patterns', goal: '>= 95' },
];

async function measureAbilities(
  { context, model, entries }: Asking,
  language: 'en' | 'zh',
): Promise<Map<string, number>> {
  const shares = new Map<string, number>();
  const shown = Number(context.options.get('show') ?? 0);
  for (const { metric, row, goal, retrieved = false } of abilities) {
    const chosen = entries.filter((entry) => entry.row === row && entry.language === language);
    let right = 0;
    let wrong = 0;
    for (const entry of chosen) {
      const prompt = promptOf(entry, retrieved);
      const answer = await answerTo(model, prompt);
      if (isRight(answer, entry.check)) {
        right += 1;
        continue;
      }
      wrong += 1;
      if (wrong <= shown) context.note(`${metric} ${JSON.stringify({ prompt, wanted: entry.check, answer })}`);
    }
    if (chosen.length === 0) continue;
    const share = right / chosen.length;
    shares.set(metric, share);
    const name = language === 'en' ? metric : `zh_${metric}`;
    context.measured({ metric: name, unit: '%', goal: language === 'en' ? goal : '', samples: [percent(share)] });
    context.note(`${name}: ${right} of ${chosen.length}`);
  }
  if (language === 'en') measureRetrieval(context, entries);
  return shares;
}

/** How often the sentences found hold the value at all: what no model could answer is not the model's fault. */
function measureRetrieval(context: BenchContext, entries: readonly EvalEntry[]): void {
  const asked = entries.flatMap((entry) => ('document' in entry && entry.check.kind === 'value' ? [entry] : []));
  const found = asked.filter((entry) =>
    isRight(findSentences(entry.document, entry.question, retrievedSentences).join('\n'), entry.check),
  );
  if (asked.length === 0) return;
  context.measured({ metric: 'sentences_found', unit: '%', samples: [percent(found.length / asked.length)] });
}

function promptOf(entry: EvalEntry, retrieved: boolean): LanguageModelV4Prompt {
  if (!('document' in entry)) return entry.turns.map(toMessage);
  const { document, question } = entry;
  const given = retrieved ? findSentences(document, question, retrievedSentences).join('\n') : document;
  return [toMessage({ role: 'user', text: documentPrompt(given, question) })];
}

function toMessage({
  role,
  text,
}: {
  role: 'system' | 'user' | 'assistant';
  text: string;
}): LanguageModelV4Prompt[number] {
  return role === 'system' ? { role, content: text } : { role, content: [{ type: 'text', text }] };
}

async function answerTo(model: LanguageModelV4, prompt: LanguageModelV4Prompt): Promise<string> {
  const { content } = await model.doGenerate({ prompt, temperature: 0, maxOutputTokens: longestAnswerTokens });
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
}

/** A document of about 400 tokens that begins differently each time, so that nothing of it is remembered. */
async function measureSpeed(context: BenchContext, model: LanguageModelV4): Promise<void> {
  const rounds = context.quick ? 3 : 9;
  const firstMs: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const seen = await timeAnswer(model, longPrompt(round));
    if (seen.promptTokens < 350 || seen.promptTokens > 450) {
      context.leftOut('first_word_400', `the prompt has ${seen.promptTokens} tokens`);
      return;
    }
    firstMs.push(seen.firstMs);
    if (seen.perSecond !== undefined) rates.push(seen.perSecond);
  }
  context.measured({ metric: 'first_word_400', unit: 'ms', goal: '<= 150', samples: firstMs });
  if (rates.length === 0) context.leftOut('tokens_per_s', 'the answers were too short to tell');
  else context.measured({ metric: 'tokens_per_s', unit: '1/s', goal: '>= 150', samples: rates });
}

function longPrompt(round: number): LanguageModelV4Prompt {
  const lines = Array.from(
    { length: 21 },
    (_, line) => `The ${round + 3} machines in hall ${line + 2} are checked by Anna Miller on Monday.`,
  );
  return [toMessage({ role: 'user', text: `${lines.join(' ')}\n\nTell me a long story about them.` })];
}

async function timeAnswer(
  model: LanguageModelV4,
  prompt: LanguageModelV4Prompt,
): Promise<{ promptTokens: number; firstMs: number; perSecond: number | undefined }> {
  const startedMs = performance.now();
  const { stream } = await model.doStream({ prompt, temperature: 0.7, seed: 1, maxOutputTokens: 96 });
  let firstAtMs: number | undefined;
  let usage = { promptTokens: 0, replyTokens: 0 };
  for await (const part of stream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') firstAtMs ??= performance.now();
    if (part.type !== 'finish') continue;
    usage = { promptTokens: part.usage.inputTokens.total ?? 0, replyTokens: part.usage.outputTokens.total ?? 0 };
  }
  const endMs = performance.now();
  const firstMs = (firstAtMs ?? endMs) - startedMs;
  const perSecond =
    firstAtMs === undefined || usage.replyTokens < 16
      ? undefined
      : ((usage.replyTokens - 1) * 1000) / (endMs - firstAtMs);
  return { promptTokens: usage.promptTokens, firstMs, perSecond };
}

/** The first of each row and language, so that a quick run has some of everything. */
function sampled(entries: readonly EvalEntry[], perRow: number): EvalEntry[] {
  const groups = Map.groupBy(entries, ({ row, language }) => `${row} ${language}`);
  return [...groups.values()].flatMap((group) => group.slice(0, perRow));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

await runBench('starter', async (context) => {
  const file = path.resolve(context.options.get('model') ?? modelFile);
  const threads = Number(context.options.get('threads') ?? 2);
  const perRow = Number(context.options.get('per-row') ?? (context.quick ? 15 : 1000));
  await using engine = openRealEngine({ threads });
  const model = engine.languageModel(await checkModel('starter', file));
  const asking = { context, model, entries: sampled(readEvalSet(), perRow) };

  const english = await measureAbilities(asking, 'en');
  const chinese = await measureAbilities(asking, 'zh');
  const relative = [...chinese].flatMap(([metric, share]) => {
    const of = english.get(metric);
    return of === undefined || of === 0 ? [] : [share / of];
  });
  if (relative.length === 0) context.leftOut('zh_relative', 'nothing was right in English');
  else context.measured({ metric: 'zh_relative', unit: '%', goal: '>= 80', samples: [percent(mean(relative))] });
  await measureSpeed(context, model);
});
