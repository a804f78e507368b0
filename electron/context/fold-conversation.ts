import { randomUUID } from 'node:crypto';

import type { LanguageModelV4 } from '@ai-sdk/provider';

import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store, StoredSummary } from '../store/store.ts';
import type { Assembler } from './assemble-prompt.ts';
import { readAhead } from './background-model.ts';
import { chooseCoverages } from './choose-summaries.ts';
import { condenseText } from './condense-text.ts';
import type { PromptRequest } from './context.ts';
import type { SourceMessage } from './extract-facts.ts';
import type { MeasuredBranch } from './measure-branch.ts';
import { planFold, planMerge, type FoldPlan } from './plan-fold.ts';
import { mergeSummaries, summariseBlock, type BlockSummary, type SummariseOptions } from './summarise-block.ts';

export interface FoldingServices {
  readonly store: Store;
  readonly assembler: Assembler;
  readonly clock: Clock;
  readonly log: Log;
}

export interface FoldNeed extends PromptRequest {
  /** The model has read as much at once already, so that nothing has to be loaded for it. */
  readonly readableTokens: number;
}

export interface FoldRequest extends FoldNeed {
  /** Undefined when none is in memory: sentences are picked, and nothing is read ahead. */
  readonly model: LanguageModelV4 | undefined;
  /** Whether the model may write summaries; it only reads ahead otherwise, which is sooner done. */
  readonly writes: boolean;
  readonly signal: AbortSignal;
  /** Called after each change of what is stored. */
  readonly onChange: () => void;
}

/** Of what a model can hold it reads at most so much at once in the background, and never more than the second. */
const blockShare = 0.55;
const mostBlockTokens = 4000;
const readShare = 0.85;
const fewestBlockTokens = 100;
/** A message longer than this part of the room is shortened before exchanges are folded. */
const pasteShare = 0.25;
const pasteKeptShare = 0.05;
const fewestPasteTokens = 80;

/** Whether there is something to fold or to read ahead. */
export function needsFolding({ store, assembler }: FoldingServices, request: FoldNeed): boolean {
  const measured = assembler.measure(request);
  return (
    planNext(measured, store.summaries.of(request.conversationId), request) !== undefined ||
    unreadOn(store, request.conversationId, measured).length > 0
  );
}

/**
 * Summarises block after block of what lies furthest back, makes summaries of summaries, and lets the model read the new
 * beginning ahead; from then on it is used. What is done is kept when the rest is cancelled.
 */
export async function foldConversation(services: FoldingServices, request: FoldRequest): Promise<void> {
  const { store, assembler } = services;
  for (;;) {
    request.signal.throwIfAborted();
    const measured = assembler.measure(request);
    const next = planNext(measured, store.summaries.of(request.conversationId), request);
    if (next === undefined) break;
    const summary = await carryOut(services, request, measured, next);
    request.signal.throwIfAborted();
    store.summaries.insert(summary);
    request.onChange();
  }
  const unread = unreadOn(store, request.conversationId, assembler.measure(request));
  if (request.model === undefined || unread.length === 0) return;
  try {
    await readAhead(request.model, request.conversationId, assembler.ahead(request).prompt, request.signal);
  } catch (error) {
    // It counts more tokens than were estimated. The next turn finds out how many, and nothing has changed until then.
    if (hasCode(error, 'CONTEXT_FULL')) return;
    throw error;
  }
  request.signal.throwIfAborted();
  store.summaries.markReady(unread.map(({ id }) => id));
  request.onChange();
}

type Step =
  | { readonly type: 'paste'; readonly messageId: string; readonly tokens: number }
  | { readonly type: 'fold'; readonly plan: FoldPlan }
  | { readonly type: 'merge'; readonly parts: readonly StoredSummary[] };

function planNext(measured: MeasuredBranch, summaries: readonly StoredSummary[], request: FoldNeed): Step | undefined {
  const { exchanges, sizes, roomTokens, coverages, boundaries } = measured;
  const covered = coverages.at(-1);
  const from = boundaries.at(-1)?.at ?? 0;
  const room = roomTokens - (boundaries.at(-1)?.notesTokens ?? 0);
  const plan = planFold({ sizes, from, roomTokens: room, blockTokens: blockTokensOf(request) });
  if (plan !== undefined) {
    const done = new Set(summaries.flatMap(({ origin, lastMessageId }) => (origin === 'paste' ? [lastMessageId] : [])));
    const paste = exchanges
      .slice(from, -1)
      .flatMap(({ questions, answers }) => [...questions, ...answers])
      .find(({ id, tokens }) => tokens > roomTokens * pasteShare && !done.has(id));
    if (paste === undefined) return { type: 'fold', plan };
    const tokens = Math.max(fewestPasteTokens, Math.floor(roomTokens * pasteKeptShare));
    return { type: 'paste', messageId: paste.id, tokens };
  }
  const merge = covered && planMerge(covered.summaries);
  return merge && { type: 'merge', parts: covered.summaries.slice(merge.from, merge.to) };
}

async function carryOut(
  { store, clock, log }: FoldingServices,
  request: FoldRequest,
  measured: MeasuredBranch,
  step: Step,
): Promise<StoredSummary> {
  const { conversationId, writes, signal } = request;
  const model = writes ? request.model : undefined;
  const options: SummariseOptions = {
    conversationId,
    model,
    blockTokens: Math.floor(blockTokensOf(request) / request.tokenScale),
    signal,
    log,
  };
  const made = (
    { text, facts, origin }: BlockSummary | (Omit<BlockSummary, 'origin'> & { readonly origin: 'paste' }),
    rest: Pick<StoredSummary, 'level' | 'firstMessageId' | 'lastMessageId' | 'messageCount' | 'sourceTokens'>,
  ): StoredSummary => ({
    ...rest,
    id: randomUUID(),
    conversationId,
    text,
    facts,
    origin,
    ready: false,
    createdAt: Math.floor(clock.now()),
  });
  switch (step.type) {
    case 'paste': {
      const text = store.messages.contents([step.messageId]).get(step.messageId)?.text ?? '';
      const range = { firstMessageId: step.messageId, lastMessageId: step.messageId };
      const sourceTokens = measured.branch.find(({ id }) => id === step.messageId)?.tokens ?? 0;
      const shorter = { text: condenseText(text, step.tokens), facts: [], origin: 'paste' as const };
      return made(shorter, { level: 0, ...range, messageCount: 1, sourceTokens });
    }
    case 'fold': {
      const first = measured.exchanges[step.plan.from];
      const last = measured.exchanges[step.plan.to - 1];
      const entries = measured.branch.slice(first?.from ?? 0, last?.to ?? 0);
      const contents = store.messages.contents(entries.map(({ id }) => id));
      const messages = entries.flatMap(({ id, role, blank }): SourceMessage[] =>
        blank ? [] : [{ id, role, text: contents.get(id)?.text ?? '' }],
      );
      const tokens = entries.reduce((sum, entry) => sum + entry.tokens, 0);
      const summary = await summariseBlock({ messages, tokens }, options);
      const range = { firstMessageId: entries[0]?.id ?? '', lastMessageId: entries.at(-1)?.id ?? '' };
      return made(summary, { level: 0, ...range, messageCount: entries.length, sourceTokens: tokens });
    }
    case 'merge': {
      const { parts } = step;
      return made(await mergeSummaries(parts, options), {
        level: (parts[0]?.level ?? 0) + 1,
        firstMessageId: parts[0]?.firstMessageId ?? '',
        lastMessageId: parts.at(-1)?.lastMessageId ?? '',
        messageCount: parts.reduce((sum, part) => sum + part.messageCount, 0),
        sourceTokens: parts.reduce((sum, part) => sum + part.sourceTokens, 0),
      });
    }
  }
}

/** In the model's tokens, with room for what is asked about the block and for the summary. */
function blockTokensOf({ contextTokens, readableTokens }: FoldNeed): number {
  const most = Math.min(mostBlockTokens, contextTokens * blockShare, readableTokens * readShare);
  return Math.max(fewestBlockTokens, Math.floor(most));
}

/** What would be used on this branch if it had been read. */
function unreadOn(store: Store, conversationId: string, { branch }: MeasuredBranch): StoredSummary[] {
  const placeOf = new Map(branch.map(({ id }, index) => [id, index]));
  const all = store.summaries.of(conversationId);
  const covering = chooseCoverages((id) => placeOf.get(id), all).at(-1)?.summaries ?? [];
  const pastes = all.filter(({ origin, lastMessageId }) => origin === 'paste' && placeOf.has(lastMessageId));
  return [...covering, ...pastes].filter(({ ready }) => !ready);
}
