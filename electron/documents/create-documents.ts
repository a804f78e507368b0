import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import type { DocumentEvent, DocumentInfo, PassageInfo } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { Clock } from '../ports.ts';
import type { DocumentRecord, DocumentStore, NewPassage, PassageRecord } from '../store/document-store.ts';
import {
  documentNotFound,
  headingSeparator,
  headingsOf,
  toInfo,
  tryReport,
  writeReport,
  type StoredReport,
} from './document-report.ts';
import type { Documents, PassageRequest, QuietlyAdded } from './documents.ts';
import type { Extractor } from './extractor.ts';
import type { Originals, StagedOriginal } from './originals.ts';
import { hasLooks } from './originals/has-looks.ts';
import { eachPassage, type Passage } from './plan-passages.ts';
import type { PassageEmbedder } from './passage-embedder.ts';
import { rankByMeaning, rankByWords, type Meaning, type RankedQuestion } from './passage-ranker.ts';
import { selectPassages, tryWhole, type PassageSizes, type SelectedPassages } from './select-passages.ts';
import { askedTerms, termsOf } from './terms.ts';
import { discardDocument, writePassages } from './write-passages.ts';

export interface DocumentServices {
  readonly store: DocumentStore;
  readonly extractor: Extractor;
  /** Left out: only the text of documents is kept. */
  readonly originals?: Originals;
  /** Reads what nobody waits for. Left out: the same. */
  readonly quietExtractor?: Extractor;
  /** About how many tokens a text is. */
  readonly estimateTokens: (text: string) => number;
  /** The bin's: what is deleted grows old by it. */
  readonly clock: Clock;
  /** Without it only words are searched. */
  readonly meaning?: Meaning & { readonly embedder: PassageEmbedder };
}

interface AboutDocument {
  readonly name: string;
  readonly report: StoredReport | undefined;
}

/** The marks around a passage, its number and where it stands. */
const passageOverheadTokens = 24;

/** Of larger collections only documents that have words of the question are looked into. */
const wholeDocuments = 60;

export function createDocuments(services: DocumentServices): Documents {
  const { store, extractor, quietExtractor = extractor, originals, estimateTokens, clock, meaning } = services;
  // Files that somebody waits for, and those who wait until there is none.
  let awaited = 0;
  let calm = Promise.withResolvers<void>();
  const life = new AbortController();
  /** What writes to the store and has to end before it is closed. */
  const working = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => working.delete(tracked));
    working.add(tracked);
    return tracked;
  };
  // Nobody sees what cannot be deleted now, and the next start tries again.
  void track(discardUnfinished(store, life.signal).catch(() => undefined));

  function known(documentId: string): { record: DocumentRecord; report: StoredReport | undefined } {
    const record = store.find(documentId);
    if (record === undefined) throw documentNotFound(documentId);
    return { record, report: tryReport(record.report) };
  }

  /** What was read in part may come whole when it is tried again. */
  function tryRead(sha256: string, name: string): DocumentInfo | undefined {
    const record = store.findContent(sha256, name);
    const info = record && toInfo(record, tryReport(record.report));
    return info?.usable === true && !info.problems.some(({ severity }) => severity === 'partial') ? info : undefined;
  }

  /** A copy that is not there yet; undefined when none is needed, or none can be kept. */
  async function stage(
    path: string,
    source: Digest | undefined,
    format: string | null,
    signal: AbortSignal,
  ): Promise<StagedOriginal | undefined> {
    if (originals === undefined || source === undefined || !hasLooks(format)) return undefined;
    return originals.has(source.sha256) ? undefined : originals.stage({ path, ...source }, signal);
  }

  async function index(
    source: { name: string; sha256: string; sizeBytes: number },
    document: ExtractedDocument,
    signal: AbortSignal,
  ): Promise<DocumentRecord> {
    const reportFor = (passages: number): string => JSON.stringify(writeReport(document, passages));
    return writePassages(store, {
      record: {
        ...source,
        id: randomUUID(),
        format: document.format,
        language: document.language,
        report: reportFor(0),
        createdAt: Math.floor(clock.now()),
      },
      passages: passagesToStore(source.name, document),
      reportFor,
      signal,
    });
  }

  async function read(
    file: { path: string; name: string },
    signal: AbortSignal,
    push: (event: DocumentEvent) => void,
  ): Promise<void> {
    const source = await digest(file, signal);
    const before = source && tryRead(source.sha256, file.name);
    if (before !== undefined) {
      using original = await stage(file.path, source, before.format, signal);
      original?.commit();
      push({ type: 'done', document: before });
      return;
    }
    const document = await extractor.extract(file, {
      signal,
      onProgress: ({ pagesRead, pagesTotal, characters }) =>
        push({ type: 'reading', pagesRead, pagesTotal, characters }),
    });
    signal.throwIfAborted();
    push({ type: 'indexing' });
    using original = await stage(file.path, source, document.format, signal);
    const record = await index(
      { name: file.name, sha256: source?.sha256 ?? '', sizeBytes: source?.sizeBytes ?? 0 },
      document,
      signal,
    );
    original?.commit();
    meaning?.embedder.wake();
    push({ type: 'done', document: toInfo(record, tryReport(record.report)) });
  }

  /** Of a large collection, the documents that have any of the words. */
  function likely({ question, before }: PassageRequest, collectionIds: readonly string[]): string[] {
    const terms = [...new Set([...askedTerms(question), ...askedTerms(before)])];
    return store.search([], terms, wholeDocuments, collectionIds).map(({ documentId }) => documentId);
  }

  type Living = ReadonlyMap<string, AboutDocument>;
  function look(request: PassageRequest): { living: Living; sizes: PassageSizes } {
    const collectionIds = request.collectionIds ?? [];
    const shelved = store.inCollections(collectionIds, wholeDocuments + 1);
    const narrowed = shelved.length > wholeDocuments;
    const documentIds = [
      ...new Set([...request.documentIds, ...(narrowed ? likely(request, collectionIds) : shelved)]),
    ];
    const living = new Map(
      documentIds.flatMap((id) => {
        const record = store.find(id);
        return record === undefined ? [] : [[id, { name: record.name, report: tryReport(record.report) }] as const];
      }),
    );
    const sizes: PassageSizes = {
      // Part of a collection is not all there is.
      charactersOf: (documentId) => (narrowed ? Infinity : (living.get(documentId)?.report?.characters ?? 0)),
      sizeTokens: (passage) =>
        estimateTokens(`${headingsOf(passage).join(' ')} ${passage.text}`) + passageOverheadTokens,
    };
    return { living, sizes };
  }

  function asked({ question, before }: PassageRequest, living: Living): RankedQuestion {
    return { documents: [...living].map(([id, { name }]) => ({ id, name })), question, before };
  }

  async function readQuietly(file: { path: string; name: string }, signal: AbortSignal): Promise<QuietlyAdded> {
    while (awaited > 0) await untilAborted(calm.promise, signal);
    const source = await digest(file, signal);
    const before = source && tryRead(source.sha256, file.name);
    if (before !== undefined) return { sha256: source?.sha256 ?? null, document: before };
    const document = await quietExtractor.extract(file, { signal });
    signal.throwIfAborted();
    const { sha256 = '', sizeBytes = 0 } = source ?? {};
    const about = { name: file.name, sha256, sizeBytes };
    if (document.pages.every(({ characters }) => characters === 0)) {
      const { format, language } = document;
      const report = writeReport(document, 0);
      const nothing = { ...about, id: '', format, language, report: '', createdAt: Math.floor(clock.now()) };
      const { id: _, ...info } = toInfo(nothing, report);
      return { sha256: source?.sha256 ?? null, document: info };
    }
    const record = await index(about, document, signal);
    return { sha256: source?.sha256 ?? null, document: toInfo(record, tryReport(record.report)) };
  }

  return {
    async addQuietly(file, signal) {
      const ended = AbortSignal.any([signal, life.signal]);
      try {
        return await track(readQuietly(file, ended));
      } catch (error) {
        throw ended.aborted ? cancelled() : error;
      }
    },

    rename(documentId, name) {
      const record = store.find(documentId);
      if (record === undefined || record.name === name) return;
      const words = store.passages(documentId).map((passage) => wordsOf(name, headingsOf(passage), passage.text));
      store.rename(documentId, name, words);
    },

    describe: (record) => toInfo(record, tryReport(record.report)),

    add(file, signal) {
      const stopped = new AbortController();
      const ended = AbortSignal.any([signal, stopped.signal, life.signal]);
      const events = createAsyncQueue<DocumentEvent>({ signal, onEnd: () => stopped.abort() });
      awaited += 1;
      void track(
        read(file, ended, (event) => void events.push(event))
          .finally(() => {
            awaited -= 1;
            if (awaited > 0) return;
            calm.resolve();
            calm = Promise.withResolvers();
          })
          .then(
            () => events.end(),
            (error: unknown) => events.fail(ended.aborted ? cancelled() : error),
          ),
      );
      return events;
    },

    report(documentId) {
      const { record, report } = known(documentId);
      return { document: toInfo(record, report), pages: report?.pages ?? [] };
    },

    list: (limit) => store.list(limit).map((record) => toInfo(record, tryReport(record.report))),

    passages(documentId, seqs) {
      const { record, report } = known(documentId);
      const about = { name: record.name, report };
      return store.passagesAt(documentId, seqs).map((passage) => toPassageInfo(passage, about));
    },

    remove(documentId) {
      if (!store.remove(documentId, Math.floor(clock.now()))) throw documentNotFound(documentId);
    },

    restore(documentId) {
      store.restore(documentId);
      meaning?.embedder.wake();
      const { record, report } = known(documentId);
      return toInfo(record, report);
    },

    whole: (documentIds) =>
      documentIds.flatMap((id) => {
        const record = store.find(id);
        if (record === undefined) return [];
        const about = { name: record.name, report: tryReport(record.report) };
        return store.passages(id).map((passage) => toPassageInfo(passage, about));
      }),

    choose(request) {
      const { living, sizes } = look(request);
      const ids = [...living.keys()];
      const whole = tryWhole(store, ids, request.budgetTokens, sizes);
      const selected = (): SelectedPassages => {
        const found = request.ranking ?? rankByWords(store, asked(request, living));
        return selectPassages(store, found, request.budgetTokens, sizes);
      };
      const { kind, passages } =
        whole === undefined || whole.length === 0 ? selected() : { kind: 'whole' as const, passages: whole };
      return { kind, passages: passages.map((passage) => toPassageInfo(passage, living.get(passage.documentId))) };
    },

    async rank(request, signal) {
      const { living, sizes } = look(request);
      if (tryWhole(store, [...living.keys()], request.budgetTokens, sizes) !== undefined) return undefined;
      const question = asked(request, living);
      return meaning === undefined
        ? rankByWords(store, question)
        : await rankByMeaning(store, meaning, question, signal);
    },

    embedding(documentId) {
      known(documentId);
      return meaning?.embedder.progress(documentId) ?? null;
    },

    async [Symbol.asyncDispose]() {
      life.abort();
      await meaning?.embedder[Symbol.asyncDispose]();
      await extractor[Symbol.asyncDispose]();
      if (quietExtractor !== extractor) await quietExtractor[Symbol.asyncDispose]();
      await Promise.allSettled(working);
    },
  };
}

function toPassageInfo(passage: PassageRecord, about: AboutDocument | undefined): PassageInfo {
  const page = about?.report?.pages[passage.page - 1];
  return {
    documentId: passage.documentId,
    documentName: about?.name ?? '',
    seq: passage.seq,
    page: passage.page,
    unit: page?.unit ?? 'part',
    ...(page?.unit === 'page' && page.label !== null ? { pageLabel: page.label } : {}),
    headings: headingsOf(passage),
    text: passage.text,
  };
}

function* passagesToStore(documentName: string, { pages }: ExtractedDocument): Generator<NewPassage> {
  for (const passage of eachPassage(pages)) yield storedPassage(documentName, passage);
}

/** What the last run of the process did not finish. */
async function discardUnfinished(store: DocumentStore, signal: AbortSignal): Promise<void> {
  for (const documentId of store.unfinished()) await discardDocument(store, documentId, signal);
}

/** As it is kept and found. A question may name the document, or what stands above the passage, and nothing in it. */
export function storedPassage(documentName: string, { page, headings, text, boxes }: Passage): NewPassage {
  return {
    page,
    heading: headings.join(headingSeparator),
    text,
    places: JSON.stringify(boxes),
    words: wordsOf(documentName, headings, text),
  };
}

function wordsOf(documentName: string, headings: readonly string[], text: string): string[] {
  return termsOf([documentName, ...headings, text].join('\n'));
}

interface Digest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Undefined when the file cannot be read; the extractor says why. */
async function digest({ path }: { path: string }, signal: AbortSignal): Promise<Digest | undefined> {
  try {
    const { size } = await stat(path);
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path, { signal })) hash.update(piece);
    return { sha256: hash.digest('hex'), sizeBytes: size };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function cancelled(): ClawdbotError {
  return new ClawdbotError('CANCELLED', 'Reading the file was stopped.', {});
}
