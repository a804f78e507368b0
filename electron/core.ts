import path from 'node:path';

import { ClawdbotError } from '../shared/errors/clawdbot-error.ts';
import type { Analysis } from './analysis/analysis.ts';
import { createAnalysis } from './analysis/create-analysis.ts';
import type { Chat } from './chat/chat.ts';
import { createChat } from './chat/create-chat.ts';
import { createAssembler } from './context/assemble-prompt.ts';
import type { Collections } from './collections/collections.ts';
import { createCollections } from './collections/create-collections.ts';
import type { ContextKeeper } from './context/context.ts';
import { createContextKeeper } from './context/create-context-keeper.ts';
import { estimateTokens } from '../shared/model/estimate-tokens.ts';
import { createDocumentReader } from './documents/create-document-reader.ts';
import { createDocuments } from './documents/create-documents.ts';
import type { DocumentReader } from './documents/document-reader.ts';
import type { Documents } from './documents/documents.ts';
import { createDicomFiles } from './documents/create-dicom-files.ts';
import { createOriginals, originalLimitBytes } from './documents/originals/create-originals.ts';
import { createExtractor } from './documents/extract/create-extractor.ts';
import { createPassageEmbedder } from './documents/passage-embedder.ts';
import { withLowPriority } from './documents/extract/with-low-priority.ts';
import { termsOf } from './documents/terms.ts';
import type { Engine } from './engine/engine.ts';
import { openKeptStates } from './engine/kept-states.ts';
import { createAdapting } from './engine/adapt.ts';
import { createLlamaEngine } from './engine/llama-engine.ts';
import { createDisposables } from './lib/disposables.ts';
import { createModels } from './library/create-models.ts';
import type { Models } from './library/models.ts';
import { createStatus } from './monitor/create-status.ts';
import type { Status } from './monitor/status.ts';
import { createBinClock } from './keep/bin-clock.ts';
import { createKeep } from './keep/create-keep.ts';
import type { Keep } from './keep/keep.ts';
import type { Ports } from './ports.ts';
import { findPersonalData } from './privacy/recognise/find-personal-data.ts';
import { createValueFinder, squeeze } from './privacy/recognise/value-finder.ts';
import { createSettingsStore } from './store/create-settings-store.ts';
import { createStore } from './store/create-store.ts';
import { lockDataDirectory } from './store/data-directory-lock.ts';
import { createSnapshotFiles } from './store/create-snapshot-files.ts';
import { openOrRepair } from './store/open-or-repair.ts';
import type { SettingsStore } from './store/settings.ts';
import { createStoredNotes } from './store/stored-notes.ts';
import { createStoredWebSessions, type StoredWebSessions } from './store/stored-web-sessions.ts';

import { createTransfer } from './transfer/create-transfer.ts';
import type { Transfer } from './transfer/transfer.ts';
import { createOutgoingFiles } from './transfer/create-outgoing-files.ts';
import { createIncomingFiles } from './transfer/create-incoming-files.ts';
import type { IncomingFiles } from './transfer/incoming-files.ts';

/** The services every door leads to. */
export interface Core extends AsyncDisposable {
  readonly analysis: Analysis;
  readonly chat: Chat;
  readonly collections: Collections;
  readonly context: ContextKeeper;
  readonly documents: Documents;
  readonly files: IncomingFiles;
  readonly keep: Keep;
  readonly transfer: Transfer;
  readonly models: Models;
  readonly reader: DocumentReader;
  readonly settings: SettingsStore;
  readonly status: Status;
  readonly engine: Engine;
  readonly webSessions: StoredWebSessions;
  /** Tells a second start on the same data where this one is to be found; null when it has no address. */
  announce(url: string | null): void;
}

export interface CoreOptions {
  /** Another engine than llama.cpp; for tests. */
  readonly createEngine?: (ports: Ports) => Engine;
}

/** Name of the database in the data directory. */
export const databaseName = 'clawdbot.db';
/** Folder of files that pages hand over; empty between two runs. */
const incomingName = 'incoming';
/** Folder of the files that documents were made of, encrypted. */
const originalsName = 'originals';
/** Folder of what models have calculated for conversations; it can be deleted at any time. */
const keptStatesName = 'kept-states';

/**
 * Builds every service, each from those above it. Disposing ends them in reverse order, even when one fails; a part
 * that cannot be built takes down what was built before it.
 *
 * @throws DATA_DIRECTORY_IN_USE, DATA_DIRECTORY_UNUSABLE, DATABASE_KEY_WRONG, DATABASE_CORRUPT, DATABASE_LOCKED,
 * DATABASE_TOO_NEW, DISK_FULL, SETTINGS_INVALID
 */
export async function createCore(ports: Ports, options: CoreOptions = {}): Promise<Core> {
  const { clock, log, memory, paths } = ports;
  const parts = createDisposables();
  try {
    const lock = parts.add(lockDataDirectory(paths.data));
    const key = await ports.secrets.databaseKey();
    const { database, repair, wantsCheck } = openOrRepair({
      path: path.join(paths.data, databaseName),
      key,
      clock,
      log,
    });
    parts.add(database);
    const store = createStore(database);
    const webSessions = createStoredWebSessions(database, clock);
    const settings = createSettingsStore(ports.settingsFile, log);
    const keptStates = openKeptStates({
      directory: path.join(paths.data, keptStatesName),
      databaseKey: key,
      budgetBytes: () => settings.read().keptStatesBytes,
      totalMemoryBytes: () => memory().totalBytes,
      log,
    });
    const notes = createStoredNotes(database);
    const engine = parts.add(options.createEngine?.(ports) ?? createLlamaEngine({ ...ports, keptStates, notes }));
    const adaptations = parts.add(createAdapting({ engine, conditions: ports.conditions, clock, log }));
    const models = parts.add(await createModels({ paths, engine, settings, memory, log }));
    const binClock = createBinClock(notes, clock);
    const originals = createOriginals({ folder: path.join(paths.data, originalsName), databaseKey: key, log });
    const { vectors } = store;
    const embedder = createPassageEmbedder({
      store: store.documents,
      vectors,
      models,
      engine,
      isBusy: () => chat.runningConversation() !== undefined,
      log,
    });
    const extractor = createExtractor({ spawnExtractionHost: ports.spawnExtractionHost, log });
    const documents = parts.add(
      createDocuments({
        store: store.documents,
        originals,
        extractor,
        quietExtractor: createExtractor({
          spawnExtractionHost: () => withLowPriority(ports.spawnExtractionHost(), log),
          log,
        }),
        estimateTokens,
        clock: binClock,
        meaning: { vectors, models, engine, log, embedder },
      }),
    );
    const dicomFiles = createDicomFiles({ store: store.documents, originals, extractor, databaseKey: key });
    const reader = createDocumentReader({ store: store.documents, originals, originalLimitBytes, dicomFiles });
    const collections = parts.add(
      createCollections({ store, documents, dataDirectory: paths.data, clock, binClock, log }),
    );
    const { ofConversation } = store.documents;
    const collectionsOf = (conversationId: string): readonly string[] =>
      (store.setups.find(conversationId)?.collectionIds ?? []).filter((id) => store.collections.find(id) !== undefined);
    const context = parts.add(
      createContextKeeper({
        store,
        assembler: createAssembler(
          store,
          { ofConversation, collectionsOf, choose: documents.choose, rank: documents.rank },
          {
            messages: store.messages,
            ofConversation,
            whole: documents.whole,
            report: documents.report,
            results: store.taskResults,
            now: clock.now,
          },
        ),
        models,
        settings,
        suggestTitle: (conversationId, title) => chat.suggestTitle(conversationId, title),
        forget: engine.forget,
        clock,
        log,
      }),
    );
    // A model that the background holds could not make room for one that is wanted.
    const stopListening = engine.onChange(() => {
      const comparing = [models.comparing('embedding'), models.comparing('reranking')].map(
        (model) => model?.checked.id,
      );
      const isLoading = [...engine.residents].some(([id, { kind }]) => kind === 'loading' && !comparing.includes(id));
      if (!isLoading) return;
      context.giveWay();
      embedder.giveWay();
    });
    parts.add({ [Symbol.dispose]: stopListening });
    const chat: Chat = parts.add(
      createChat({
        store,
        models,
        settings,
        assemblePrompt: context.assemble,
        preparePrompt: context.prepare,
        clock,
        binClock,
        log,
        onTurnEnded: context.turnEnded,
        onBranchChanged: context.branchChanged,
        onRemoved: engine.forget,
      }),
    );
    const files = parts.add(createIncomingFiles({ folder: path.join(paths.data, incomingName), clock, log }));
    // Either knows of the other only while both are there.
    let isImporting = (): boolean => false;
    const snapshotFiles = createSnapshotFiles({ database, key, clock, spawnChecker: ports.spawnChecker, log });
    const keep = parts.add(
      createKeep({
        store,
        notes,
        snapshotFiles,
        repair,
        wantsCheck,
        databaseBytes: () => database.sizeBytes,
        requireQuiet() {
          if (isImporting()) {
            throw new ClawdbotError('IMPORT_RUNNING', 'A file is being imported. Wait, or stop it.', {});
          }
          const conversationId = chat.runningConversation();
          if (conversationId !== undefined) throw turnRunning(conversationId);
          // What is being summarised belongs to the database that is about to be replaced.
          context.giveWay();
          embedder.giveWay();
        },
        onPurged: () => originals.sweep(store.documents.contents()),
        onRestored() {
          context.reset();
          embedder.wake();
          chat.refresh();
          collections.refresh();
        },
        clock,
        binClock,
        log,
      }),
    );
    const outgoing = createOutgoingFiles({ clock });
    const transfer = parts.add(
      createTransfer({
        store,
        files,
        outgoing,
        termsOf,
        hold: keep.hold,
        onImported: () => chat.refresh(),
        clock,
        log,
      }),
    );
    isImporting = transfer.isImporting;
    const analysis = createAnalysis({
      documents,
      store: store.documents,
      dicomFiles,
      personalData: { find: findPersonalData, squeeze, createValueFinder },
      outgoing,
    });
    const status = parts.add(
      createStatus({
        appVersion: ports.appVersion,
        host: ports.host,
        platform: process.platform,
        dataDirectory: paths.data,
        engine,
        adaptations,
        meaningProblem: () =>
          models.comparing('embedding') === undefined ? undefined : (vectors.problem ?? undefined),
        memory,
        hostBytes: () => process.memoryUsage.rss(),
      }),
    );
    return {
      analysis,
      chat,
      collections,
      context,
      documents,
      files,
      keep,
      transfer,
      models,
      reader,
      settings,
      status,
      engine,
      webSessions,
      announce: (url) => lock.announce(url),
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    };
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

function turnRunning(conversationId: string): ClawdbotError {
  return new ClawdbotError('TURN_RUNNING', 'An answer is being written. Stop it, or wait until it is done.', {
    conversationId,
  });
}
