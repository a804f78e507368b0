import type { Fact } from '../../shared/contract/index.ts';
import type { StoredSummary } from '../store/store.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { extractFacts, factTokens } from './extract-facts.ts';
import { summariseSentences } from './summarise-sentences.ts';
import { scriptOf } from './terms.ts';

export interface NotesBudget {
  readonly factsTokens: number;
  readonly summaryTokens: number;
}

/** Shares of what a model can hold. */
const factsShare = 0.1;
const summaryShare = 0.15;

export function notesBudget(contextTokens: number): NotesBudget {
  return {
    factsTokens: Math.floor(contextTokens * factsShare),
    summaryTokens: Math.floor(contextTokens * summaryShare),
  };
}

/** Notes are written once for each choice of summaries: every prompt is planned with all of them. */
export function createNotesWriter(): typeof writeNotes {
  const written = new Map<string, string>();
  return (summaries, messages, budget) => {
    const ids = summaries.map(({ id }) => id).join(' ');
    const key = `${ids} ${messages} ${budget.factsTokens} ${budget.summaryTokens}`;
    const known = written.get(key);
    if (known !== undefined) return known;
    const notes = writeNotes(summaries, messages, budget);
    if (written.size >= mostWritten) written.clear();
    written.set(key, notes);
    return notes;
  };
}

const mostWritten = 256;

/** What a model reads instead of the messages that summaries cover, after the person's own instructions. */
export function writeNotes(summaries: readonly StoredSummary[], messages: number, budget: NotesBudget): string {
  const facts = pinnedFacts(summaries, budget.factsTokens);
  const text = squeeze(summaries.map((summary) => summary.text).join('\n'), budget.summaryTokens);
  const wide = scriptOf(text === '' ? facts.map((fact) => fact.text).join(' ') : text) === 'wide';
  const words = wide ? chinese : english;
  return [
    words.heading(messages),
    ...(facts.length === 0 ? [] : [words.facts, ...facts.map((fact) => `- ${words.said(fact)}`)]),
    ...(text === '' ? [] : [words.summary, text]),
  ].join('\n');
}

interface Words {
  heading(messages: number): string;
  readonly facts: string;
  readonly summary: string;
  said(fact: Fact): string;
}

const english: Words = {
  heading: (messages) => `Notes on the earlier part of this conversation (${messages} messages):`,
  facts: 'What was said, word for word:',
  summary: 'What it was about:',
  said: ({ role, text }) => `${role === 'user' ? 'User' : 'Assistant'}: ${text}`,
};

const chinese: Words = {
  heading: (messages) => `这段对话前面部分的笔记（${messages} 条消息）：`,
  facts: '原话：',
  summary: '内容概要：',
  said: ({ role, text }) => `${role === 'user' ? '用户' : '助手'}：${text}`,
};

/** Every summary has weighed its own already; of all of them the weightiest stay, newer before older ones. */
function pinnedFacts(summaries: readonly StoredSummary[], budgetTokens: number): Fact[] {
  const all = summaries.flatMap(({ facts }) => facts);
  // Said about the same thing in two summaries, only the newer one holds.
  const weights = new Map(
    extractFacts(all.map(({ messageId, role, text }) => ({ id: messageId, role, text }))).map((fact) => [
      keyOf(fact),
      fact.weight,
    ]),
  );
  const chosen = new Set<Fact>();
  let tokens = 0;
  const ranked = [...all.entries()]
    .filter(([, fact]) => weights.has(keyOf(fact)))
    .toSorted(
      ([leftAt, left], [rightAt, right]) =>
        (weights.get(keyOf(right)) ?? 0) - (weights.get(keyOf(left)) ?? 0) || rightAt - leftAt,
    );
  for (const [, fact] of ranked) {
    const size = factTokens(fact);
    if (tokens + size > budgetTokens) continue;
    tokens += size;
    chosen.add(fact);
  }
  return all.filter((fact) => chosen.has(fact));
}

function keyOf({ messageId, text }: Pick<Fact, 'messageId' | 'text'>): string {
  return `${messageId} ${text}`;
}

/** A model that can hold less gets the most telling sentences. */
function squeeze(text: string, budgetTokens: number): string {
  if (estimateTokens(text) <= budgetTokens) return text;
  return summariseSentences([{ id: '', role: 'assistant', text }], budgetTokens);
}
