import type { LanguageModelV4 } from '@ai-sdk/provider';

import type { Fact } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Log } from '../ports.ts';
import { askInBackground } from './background-model.ts';
import { tryAcceptSummary } from './check-summary.ts';
import { condenseText } from './condense-text.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { chooseFacts, extractFacts, standsIn, type SourceMessage } from './extract-facts.ts';
import { summariseSentences } from './summarise-sentences.ts';
import { scriptOf } from './terms.ts';

export interface Block {
  readonly messages: readonly SourceMessage[];
  /** Estimated. */
  readonly tokens: number;
}

export interface BlockSummary {
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly origin: 'model' | 'sentences';
}

export interface SummariseOptions {
  readonly conversationId: string;
  /** Undefined when none may be asked: the sentences are picked without one. */
  readonly model: LanguageModelV4 | undefined;
  /** Most tokens of a block that the model is given to read. */
  readonly blockTokens: number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Of what is summarised, notes keep at most these parts. */
const summaryShare = 0.1;
const factsShare = 0.08;
const fewestTokens = 24;
const mostSummaryTokens = 400;
const mostFactsTokens = 400;
/** A summary of summaries has less to leave out. */
const mergedShare = 0.45;

/** What is kept of a block. A model's words are taken only when they pass; the facts are the messages' own sentences. */
export async function summariseBlock(block: Block, options: SummariseOptions): Promise<BlockSummary> {
  const { messages, tokens } = block;
  const facts = chooseFacts(extractFacts(messages), budget(tokens, factsShare, mostFactsTokens))
    .filter((fact) => standsIn(fact, messages))
    .map(({ kind, text, messageId, role }): Fact => ({ kind, text, messageId, role }));
  const mostTokens = budget(tokens, summaryShare, mostSummaryTokens);
  const written = await tryModel(messages, mostTokens, options);
  if (written !== undefined) return { text: written, facts, origin: 'model' };
  const known = new Set(facts.map(({ text }) => text));
  return { text: summariseSentences(messages, mostTokens, known), facts, origin: 'sentences' };
}

/** One summary of several that follow each other. */
export async function mergeSummaries(
  parts: readonly { readonly text: string; readonly facts: readonly Fact[] }[],
  options: SummariseOptions,
): Promise<BlockSummary> {
  const source: SourceMessage = { id: '', role: 'assistant', text: parts.map(({ text }) => text).join('\n') };
  const mostTokens = Math.max(fewestTokens, Math.floor(estimateTokens(source.text) * mergedShare));
  const all = parts.flatMap(({ facts }) => facts);
  const weighed = extractFacts(all.map(({ messageId, role, text }) => ({ id: messageId, role, text })));
  const facts = chooseFacts(weighed, mostFactsTokens).map(({ kind, text, messageId, role }): Fact => ({
    kind,
    text,
    messageId,
    role,
  }));
  const written = await tryModel([source], mostTokens, options);
  if (written !== undefined) return { text: written, facts, origin: 'model' };
  return { text: summariseSentences([source], mostTokens), facts, origin: 'sentences' };
}

function budget(tokens: number, share: number, most: number): number {
  return Math.min(most, Math.max(fewestTokens, Math.floor(tokens * share)));
}

async function tryModel(
  messages: readonly SourceMessage[],
  mostTokens: number,
  { conversationId, model, blockTokens, signal, log }: SummariseOptions,
): Promise<string | undefined> {
  if (model === undefined) return undefined;
  const wide = scriptOf(messages.map(({ text }) => text.slice(0, 400)).join(' ')) === 'wide';
  const source = messages.map(({ role, text }) => `${speaker(role, wide)}${text}`).join('\n');
  const words = Math.floor(mostTokens * (wide ? 0.7 : 0.6));
  try {
    const written = await askInBackground(model, {
      conversationId,
      system: wide ? chinese(words) : english(words),
      text: condenseText(source, blockTokens),
      mostTokens: mostTokens + 32,
      signal,
    });
    return written === undefined ? undefined : tryAcceptSummary(written, source, { mostTokens });
  } catch (error) {
    if (signal.aborted || isCancellation(error)) throw error;
    log.info({ err: error }, 'a model could not summarise; its sentences are picked instead');
    return undefined;
  }
}

function speaker(role: SourceMessage['role'], wide: boolean): string {
  if (wide) return role === 'user' ? '用户：' : '助手：';
  return role === 'user' ? 'User: ' : 'Assistant: ';
}

function english(words: number): string {
  return `You keep the minutes of a conversation. Write in at most ${words} words what was said: what it was about, what came of it, what was decided and what is still open. Use only what stands there. Begin at once, without a heading.`;
}

function chinese(words: number): string {
  return `你负责给对话做纪要。用不超过${words}个字写下说了什么：谈的是什么、得出什么结果、决定了什么、还有什么没解决。只写对话里有的内容。直接开始，不要标题。`;
}
