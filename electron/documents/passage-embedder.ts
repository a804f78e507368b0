import type { DocumentEmbedding } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Engine } from '../engine/engine.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { ComparingModel, Models } from '../library/models.ts';
import type { Log } from '../ports.ts';
import type { DocumentStore, PassageRecord } from '../store/document-store.ts';
import type { VectorStore } from '../store/vector-store.ts';
import { embeddingTexts } from './embedding-texts.ts';
import { floorOf, unrelatedTexts } from './nearness.ts';

export interface PassageEmbedderOptions {
  readonly store: Pick<DocumentStore, 'find' | 'passagesAt'>;
  readonly vectors: VectorStore;
  readonly models: Pick<Models, 'comparing' | 'onChange'>;
  readonly engine: Pick<Engine, 'embed' | 'load'>;
  /** Whether somebody waits for an answer. */
  readonly isBusy: () => boolean;
  readonly log: Log;
  /** How long nobody may have needed anything before work goes on. Default: 2 seconds. */
  readonly idleMs?: number;
  /** After a failure, doubled with each further one. Default: a minute. */
  readonly retryMs?: number;
}

/** Gives passages their vectors while nobody waits. */
export interface PassageEmbedder extends AsyncDisposable {
  /** Documents have come; work begins when nobody waits. */
  wake(): void;
  /** Somebody needs what is used here: it lets go at once and goes on later. */
  giveWay(): void;
  /** Null when there is no model for it. */
  progress(documentId: string): DocumentEmbedding | null;
  /** Called after every step; returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

/** Few enough that whoever comes in between waits for little. */
const textsPerStep = 16;
const documentsPerLook = 50;
const longestRetryMs = 3_600_000;

/**
 * Works through documents, the newest first, at the priority of the background and a few passages at a time. Each step
 * is stored, so that nothing is done twice after a restart. Another model begins anew.
 */
export function createPassageEmbedder(options: PassageEmbedderOptions): PassageEmbedder {
  const { store, vectors, models, engine, isBusy, log, idleMs = 2000, retryMs = 60_000 } = options;
  const changed = createEmitter<void>();
  const life = new AbortController();
  let job: AbortController | undefined;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let failure: string | null = null;
  let current: string | undefined;
  /** A newer document has come than those that are looked at. */
  let stale = false;

  const schedule = (afterMs: number): void => {
    clearTimeout(timer);
    if (life.signal.aborted) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (job === undefined) working = work();
    }, afterMs).unref();
  };

  const announce = (): void => {
    try {
      changed.emit();
    } catch (error) {
      log.error({ err: error }, 'a watcher of vectors failed');
    }
  };

  const embed = async (model: ComparingModel, texts: readonly string[], signal: AbortSignal) =>
    (await engine.embed(model.checked, texts, { signal, priority: 'background' })).vectors;

  const measureFloor = async (model: ComparingModel, signal: AbortSignal): Promise<void> => {
    if (vectors.floor(model.key) !== undefined) return;
    const { passage } = embeddingTexts(describe(model));
    vectors.setFloor(model.key, floorOf(await embed(model, unrelatedTexts.map(passage), signal)));
  };

  const embedDocument = async (documentId: string, model: ComparingModel, signal: AbortSignal): Promise<void> => {
    const name = store.find(documentId)?.name ?? '';
    const { passage: asPassage } = embeddingTexts(describe(model));
    for (let from = vectors.progress(documentId, model.key); ; from += textsPerStep) {
      const seqs = Array.from({ length: textsPerStep }, (_, index) => from + index);
      const passages = store.passagesAt(documentId, seqs);
      const texts = passages.map((passage) => asPassage(textOf(name, passage)));
      const made = texts.length === 0 ? [] : await embed(model, texts, signal);
      signal.throwIfAborted();
      const complete = passages.length < textsPerStep;
      const isStored = vectors.append(documentId, model.key, { from, vectors: made, complete });
      announce();
      if (complete || !isStored || stale || isBusy()) return;
    }
  };

  const workThrough = async (model: ComparingModel, signal: AbortSignal): Promise<void> => {
    // Nobody leaves memory for it.
    await engine.load(model.checked, signal, 'ahead');
    await measureFloor(model, signal);
    while (!isBusy()) {
      stale = false;
      const pending = vectors.pending(model.key, documentsPerLook);
      if (pending.length === 0) return;
      for (const documentId of pending) {
        current = documentId;
        await embedDocument(documentId, model, signal);
        if (models.comparing('embedding')?.key !== model.key) return;
        if (stale || isBusy()) break;
      }
    }
  };

  const isWanted = (model: ComparingModel | undefined): model is ComparingModel =>
    model !== undefined && vectors.problem === null && vectors.countPending(model.key) > 0;

  const work = async (): Promise<void> => {
    const controller = new AbortController();
    job = controller;
    const signal = AbortSignal.any([controller.signal, life.signal]);
    let nextMs = idleMs;
    try {
      const model = models.comparing('embedding');
      if (!isWanted(model)) return;
      if (!isBusy()) await workThrough(model, signal);
      failures = 0;
      failure = null;
    } catch (error) {
      if (signal.aborted || isCancellation(error)) return;
      failure = error instanceof Error ? error.message : String(error);
      nextMs = Math.min(longestRetryMs, retryMs * 2 ** failures);
      failures += 1;
      log.warn({ err: error, retryInMs: nextMs }, 'passages could not be given their vectors');
    } finally {
      job = undefined;
      current = undefined;
      if (!life.signal.aborted) {
        announce();
        if (isWanted(models.comparing('embedding'))) schedule(nextMs);
      }
    }
  };

  const wake = (): void => {
    stale = true;
    if (timer === undefined || failures === 0) schedule(idleMs);
  };
  let known = models.comparing('embedding')?.key;
  const stopListening = models.onChange(() => {
    const now = models.comparing('embedding')?.key;
    if (now === known) return;
    known = now;
    failures = 0;
    failure = null;
    job?.abort();
    announce();
    wake();
  });
  wake();

  return {
    wake,
    giveWay() {
      if (job === undefined) return;
      job.abort();
      schedule(idleMs);
    },
    progress(documentId) {
      const model = models.comparing('embedding');
      if (model === undefined) return null;
      const embedded = vectors.progress(documentId, model.key);
      const { name: modelName } = model.checked;
      if (vectors.problem !== null) return { modelName, embedded, state: 'failed', reason: vectors.problem };
      if (vectors.isComplete(documentId, model.key)) return { modelName, embedded, state: 'done', reason: null };
      if (failure !== null) return { modelName, embedded, state: 'failed', reason: failure };
      return { modelName, embedded, state: current === documentId ? 'running' : 'waiting', reason: null };
    },
    onChange: (listener) => changed.listen(listener),
    async [Symbol.asyncDispose]() {
      life.abort();
      stopListening();
      clearTimeout(timer);
      await working;
    },
  };
}

/** As a question would name it: the document and what the passage stands under say what it is about. */
export function textOf(documentName: string, { heading, text }: Pick<PassageRecord, 'heading' | 'text'>): string {
  return [documentName, heading, text].filter((part) => part !== '').join('\n');
}

function describe({ checked, architecture }: ComparingModel): { name: string; architecture: string } {
  return { name: checked.name, architecture };
}
