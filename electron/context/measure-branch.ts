import type { StoredSummary } from '../store/store.ts';
import type { OutlineEntry } from './branch-outline.ts';
import { chooseCoverages, type Coverage } from './choose-summaries.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { pairUp, type Exchange } from './pair-up.ts';
import type { Boundary, ExchangeSize } from './plan-layout.ts';
import { notesBudget, type writeNotes } from './write-notes.ts';

/** What a chat template puts around each turn. */
const turnOverheadTokens = 8;
/** Room kept for the answer, at most; a small context gives a quarter of itself. */
const replyReserveTokens = 1024;
/** For what was said earlier about the question. */
const recallShare = 0.1;
/** An old message longer than this part of the room would push everything else out ... */
const longShare = 0.8;
/** ... and is read in so much of it. */
const shortenedShare = 0.3;
/** Of a last question that does not fit, so much of the room is read. */
const lastShare = 0.8;

export interface MeasuredBranch {
  readonly branch: readonly OutlineEntry[];
  readonly exchanges: readonly Exchange[];
  readonly sizes: readonly ExchangeSize[];
  /** Messages that are read shorter than they are. */
  readonly shortened: ReadonlyMap<string, Shortened>;
  /** Of the same index as `boundaries`. */
  readonly coverages: readonly (Coverage & { readonly notes: string })[];
  readonly boundaries: readonly Boundary[];
  readonly systemTokens: number;
  /** For notes and exchanges together. */
  readonly roomTokens: number;
  readonly recallTokens: number;
}

/** `text` when it is known already; otherwise the message is to be cut down to `tokens`. */
export interface Shortened {
  readonly tokens: number;
  readonly text?: string;
}

export interface MeasureRequest {
  readonly systemPrompt: string;
  readonly contextTokens: number;
  readonly tokenScale: number;
}

/** Sizes of everything a prompt can be made of. Pure. */
export function measureBranch(
  branch: readonly OutlineEntry[],
  summaries: readonly StoredSummary[],
  { systemPrompt, contextTokens, tokenScale }: MeasureRequest,
  write: typeof writeNotes,
): MeasuredBranch {
  const scaled = (tokens: number): number => Math.ceil((tokens + turnOverheadTokens) * tokenScale);
  const systemTokens = systemPrompt === '' ? 0 : scaled(estimateTokens(systemPrompt));
  const reserve = Math.min(replyReserveTokens, Math.floor(contextTokens / 4));
  const recallTokens = Math.floor(contextTokens * recallShare);
  const roomTokens = Math.max(0, contextTokens - reserve - systemTokens - recallTokens);
  const exchanges = pairUp(branch);
  const shortened = new Map<string, Shortened>();
  const pastes = new Map(
    summaries.flatMap((summary) =>
      summary.origin === 'paste' && summary.ready ? [[summary.lastMessageId, summary]] : [],
    ),
  );
  for (const entry of exchanges.slice(0, -1).flatMap(({ questions, answers }) => [...questions, ...answers])) {
    const paste = pastes.get(entry.id);
    if (paste !== undefined) shortened.set(entry.id, { tokens: estimateTokens(paste.text), text: paste.text });
    else if (scaled(entry.tokens) > roomTokens * longShare) {
      shortened.set(entry.id, { tokens: Math.floor((roomTokens * shortenedShare) / tokenScale) });
    }
  }
  const last = exchanges.at(-1);
  if (last !== undefined) shortenLast(last, shortened, contextTokens - systemTokens, reserve, tokenScale);

  const tokensOf = (entries: readonly OutlineEntry[]): number => {
    if (entries.length === 0) return 0;
    // Joined by an empty line.
    return scaled(entries.reduce((sum, { id, tokens }) => sum + (shortened.get(id)?.tokens ?? tokens) + 1, -1));
  };
  const sizes = exchanges.map(({ questions, answers }) => ({
    questionTokens: tokensOf(questions),
    answerTokens: tokensOf(answers),
  }));
  const placeOf = new Map(branch.map(({ id }, index) => [id, index]));
  const budget = notesBudget(contextTokens);
  const placed = chooseCoverages((id) => placeOf.get(id), summaries).flatMap((coverage) => {
    const at = exchanges.findIndex(({ from }) => from === coverage.messages);
    if (at < 0) return [];
    const notes = write(coverage.summaries, coverage.messages, budget);
    return [{ coverage: { ...coverage, notes }, at, notesTokens: scaled(estimateTokens(notes)) }];
  });
  return {
    branch,
    exchanges,
    sizes,
    shortened,
    coverages: placed.map(({ coverage }) => coverage),
    boundaries: placed.map(({ at, notesTokens, coverage }) => ({ at, notesTokens, ready: coverage.ready })),
    systemTokens,
    roomTokens,
    recallTokens,
  };
}

/** The last question is read whole as long as the context holds it at all. */
function shortenLast(
  { questions, answers }: Exchange,
  shortened: Map<string, Shortened>,
  availableTokens: number,
  reserve: number,
  tokenScale: number,
): void {
  const answerTokens = answers.reduce((sum, { tokens }) => sum + tokens, 0);
  const fullTokens = questions.reduce((sum, { tokens }) => sum + tokens + 1, 0) + answerTokens + 2 * turnOverheadTokens;
  if (fullTokens * tokenScale <= availableTokens) return;
  const share = ((availableTokens - reserve) * lastShare) / tokenScale - answerTokens;
  const tokens = Math.floor(share / questions.length) - turnOverheadTokens;
  for (const entry of questions) if (tokens > 0 && entry.tokens > tokens) shortened.set(entry.id, { tokens });
}
