import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import type { EvalEntry } from '../eval/eval-set.ts';
import { composeDocument } from './document.ts';
import { composedFacts } from './composed-facts.ts';
import type { Corpus } from './corpus.ts';
import { tryAbsent } from './questions.ts';
import { createRandom } from './random.ts';
import type { Language } from './slot-lists.ts';
import { summaries, type TryMake } from './small-tasks.ts';
import { toolCalls } from './tool-calls.ts';
import { writtenFacts } from './written-facts.ts';

const patternsSchema = z.array(
  z.strictObject({
    language: z.enum(['en', 'zh']),
    questions: z.array(z.string()).min(1),
    must: z.array(z.string()),
    mustNot: z.array(z.string()),
  }),
);

/** Questions about what the document does not tell. */
export function* absentQuestions(corpus: Corpus, language: Language, seed: number): Generator<EvalEntry> {
  const random = createRandom(seed);
  const wishes = { language, split: 'eval', random } as const;
  const composed = composedFacts(corpus, language);
  const sources = [...writtenFacts(corpus, language), ...composed.sources].filter(({ split }) => split === 'train');
  for (;;) {
    const document = composeDocument({
      facts: random.whole(3, 12),
      language,
      wishes,
      sources,
      subjects: composed.subjects('train'),
      cardShare: 0.15,
      twinShare: 0,
    });
    const absent = document.facts.length < 3 ? undefined : tryAbsent({ sources, language }, wishes, document);
    if (absent === undefined) continue;
    yield {
      row: 'doc_absent',
      language,
      document: document.text,
      question: absent.question,
      check: { kind: 'absent' },
    };
  }
}

/** Calls with new values; the ways of asking for a tool are those that were learned. */
export function* toolTasks(corpus: Corpus, language: Language, seed: number): Generator<EvalEntry> {
  for (const turns of tries(
    [...toolCalls(corpus, language, 'train'), ...toolCalls(corpus, language, 'eval')],
    language,
    seed,
  )) {
    const [system, user, call] = turns;
    if (system === undefined || user === undefined || call === undefined) continue;
    const { name, arguments: args } = z
      .object({ name: z.string(), arguments: z.record(z.string(), z.string()) })
      .parse(JSON.parse(call.text.replaceAll(/<\/?tool_call>/g, '')));
    yield { row: 'tool_call', language, turns: [system, user], check: { kind: 'call', name, arguments: args } };
  }
}

/** Titles and summaries of texts never seen, judged by the names and numbers that the written ones mention. */
export function* summaryTasks(corpus: Corpus, language: Language, seed: number): Generator<EvalEntry> {
  for (const turns of tries(summaries(corpus, language, 'eval'), language, seed)) {
    const [user, answer] = turns;
    if (user === undefined || answer === undefined || answer.text.startsWith('- ')) continue;
    const values = mainEntities(user.text, answer.text, language);
    if (values.length === 0) continue;
    yield { row: 'title_summary', language, turns: [user], check: { kind: 'mentions', values } };
  }
}

/** What both the text and its summary name: capitalised words inside sentences and numbers; in Chinese, what repeats. */
function mainEntities(text: string, summary: string, language: Language): string[] {
  const pattern =
    language === 'zh'
      ? /\d[\d.:%]*|《[^》]+》|[\p{Script=Latin}\d]{2,}/gu
      : /(?<=[^.!?]\s)(?:\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)*)|[$€£]?\d[\d.,:]*\d%?/gu;
  return [...new Set(summary.match(pattern) ?? [])].filter((name) => text.includes(name)).slice(0, 4);
}

export function chatTasks(): EvalEntry[] {
  const file = path.join(import.meta.dirname, '../eval/chat-patterns.json');
  return patternsSchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .flatMap(({ language, questions, must, mustNot }) =>
      questions.map((text): EvalEntry => ({
        row: 'chat_patterns',
        language,
        turns: [{ role: 'user', text }],
        check: { kind: 'patterns', must, mustNot },
      })),
    );
}

function* tries(makes: readonly TryMake[], language: Language, seed: number) {
  const random = createRandom(seed);
  if (makes.length === 0) return;
  for (;;) {
    const sample = random.pick(makes)({ language, split: 'eval', random });
    if (sample !== undefined) yield sample.turns.map(({ role, text }) => ({ role, text }));
  }
}
