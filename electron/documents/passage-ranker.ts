import { cancelled, isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Engine } from '../engine/engine.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { ComparingModel, Models } from '../library/models.ts';
import type { Log } from '../ports.ts';
import type { DocumentStore, FoundPassage } from '../store/document-store.ts';
import type { VectorStore } from '../store/vector-store.ts';
import { embeddingTexts } from './embedding-texts.ts';
import { fuseRankings } from './fuse-rankings.ts';
import { findNamedDocuments, giveEachAChance } from './name-documents.ts';
import { isNear } from './nearness.ts';
import { askedTerms } from './terms.ts';

export interface RankedQuestion {
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  readonly question: string;
  /** Asked right before; empty for none. */
  readonly before: string;
}

/** Models that compare texts, and what they have made of passages. */
export interface Meaning {
  readonly vectors: VectorStore;
  readonly models: Pick<Models, 'comparing'>;
  readonly engine: Pick<Engine, 'embed' | 'load' | 'rerank'>;
  readonly log: Log;
  /** A person waits: so long for vectors at most, and as long again for a ranking. Default: 3 seconds. */
  readonly patienceMs?: number;
}

/** Ranked, of which few are given. */
const candidates = 40;
/** A model that ranks has to read each of them. */
const reranked = 16;
/** A question with fewer words of its own goes on with the one before it. */
const tellingTerms = 3;
/** A passage whose words fit this much worse than the best one's answers nothing that the better ones do not. */
const leastShare = 0.25;
const usualPatienceMs = 3000;

/** By words alone. Best first; empty when no passage has any of them. */
export function rankByWords(store: DocumentStore, question: RankedQuestion): FoundPassage[] {
  return inTurn(question, searchWords(store, question));
}

/**
 * By words, and by what they mean where there is a model for that. Nothing of it fails for want of a model: what does not
 * come in time is left out. Best first; empty when no word occurs and nothing means anything near.
 *
 * @throws CANCELLED
 */
export async function rankByMeaning(
  store: DocumentStore,
  meaning: Meaning,
  question: RankedQuestion,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  const near = await orNone(meaning, signal, 'vectors', (patience) => searchMeaning(meaning, question, patience));
  const fused = fuseRankings([searchWords(store, question), near], keyOf).map(({ item, score }) => ({
    ...item,
    score,
  }));
  const ranked = await orNone(meaning, signal, 'a ranking', (patience) => rerank(meaning, question, fused, patience));
  return inTurn(question, ranked.length > 0 ? ranked : fused);
}

function searchWords(store: DocumentStore, { documents, question, before }: RankedQuestion): FoundPassage[] {
  const own = askedTerms(question);
  const terms = own.length < tellingTerms ? [...new Set([...own, ...askedTerms(before)])] : own;
  const search = (ids: readonly string[], limit: number): FoundPassage[] => store.search(ids, terms, limit);
  const found = search(
    documents.map(({ id }) => id),
    candidates,
  );
  const best = found[0]?.score ?? 0;
  const telling = found.filter(({ score }) => score >= best * leastShare);
  // One that is asked for by name is heard even when others fill the list.
  const unheard = findNamedDocuments(documents, question).filter((id) =>
    telling.every(({ documentId }) => documentId !== id),
  );
  return [...telling, ...unheard.flatMap((id) => search([id], 2))];
}

async function searchMeaning(
  { vectors, models, engine }: Meaning,
  { documents, question, before }: RankedQuestion,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  const model = models.comparing('embedding');
  const floor = model && vectors.floor(model.key);
  if (model === undefined || floor === undefined || vectors.problem !== null) return [];
  const ids = documents.map(({ id }) => id).filter((id) => vectors.progress(id, model.key) > 0);
  if (ids.length === 0) return [];
  await loaded(engine, model, signal);
  const asked = askedTerms(question).length < tellingTerms && before !== '' ? `${before}\n${question}` : question;
  const texts = embeddingTexts({ name: model.checked.name, architecture: model.architecture });
  const call = { signal, priority: 'person' } as const;
  const [vector] = (await engine.embed(model.checked, [texts.question(asked)], call)).vectors;
  if (vector === undefined) return [];
  return vectors.nearest(ids, model.key, vector, candidates).filter(({ score }) => isNear(score, floor));
}

async function rerank(
  { models, engine }: Meaning,
  { question }: RankedQuestion,
  found: readonly FoundPassage[],
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  const model = models.comparing('reranking');
  if (model === undefined || found.length < 2) return [];
  await loaded(engine, model, signal);
  const best = found.slice(0, reranked);
  const texts = best.map(({ heading, text }) => [heading, text].filter((part) => part !== '').join('\n'));
  const { scores } = await engine.rerank(model.checked, question, texts, { signal, priority: 'person' });
  const ordered = best
    .map((passage, index) => ({ passage, score: scores[index] ?? -Infinity }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ passage }) => passage);
  return [...ordered, ...found.slice(reranked)];
}

/** Nobody leaves memory for it, and what has begun to load goes on: the next question has it. */
async function loaded(engine: Meaning['engine'], { checked }: ComparingModel, signal: AbortSignal): Promise<void> {
  await untilAborted(engine.load(checked, undefined, 'ahead'), signal);
}

async function orNone(
  { log, patienceMs = usualPatienceMs }: Meaning,
  signal: AbortSignal,
  what: string,
  find: (patience: AbortSignal) => Promise<FoundPassage[]>,
): Promise<FoundPassage[]> {
  try {
    return await find(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (isCancellation(error)) log.info({ what }, 'a question did not wait any longer for what compares texts');
    else log.warn({ err: error, what }, 'a question was answered without what compares texts');
    return [];
  }
}

function inTurn({ documents, question }: RankedQuestion, ranked: readonly FoundPassage[]): FoundPassage[] {
  return giveEachAChance(ranked, findNamedDocuments(documents, question));
}

function keyOf({ documentId, seq }: FoundPassage): string {
  return `${seq} ${documentId}`;
}
