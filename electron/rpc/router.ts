import type { Analysis } from '../analysis/analysis.ts';
import type { Chat } from '../chat/chat.ts';
import type { Collections } from '../collections/collections.ts';
import type { ContextKeeper } from '../context/context.ts';
import type { DocumentReader } from '../documents/document-reader.ts';
import type { Documents } from '../documents/documents.ts';
import type { Keep } from '../keep/keep.ts';
import type { Models } from '../library/models.ts';
import type { Status } from '../monitor/status.ts';
import type { Log } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { IncomingFiles } from '../transfer/incoming-files.ts';
import { analysisRoutes } from './analysis-routes.ts';
import { appRoutes } from './app-routes.ts';
import { chatRoutes } from './chat-routes.ts';
import { collectionsRoutes } from './collections-routes.ts';
import { contextRoutes } from './context-routes.ts';
import { dataRoutes } from './data-routes.ts';
import { documentsRoutes } from './documents-routes.ts';
import { filesRoutes } from './files-routes.ts';
import { foldersRoutes } from './folders-routes.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { createImplementer } from './implementer.ts';
import { modelsRoutes } from './models-routes.ts';
import { readerRoutes } from './reader-routes.ts';
import { presetsRoutes, setupsRoutes } from './setups-routes.ts';
import { searchRoutes } from './search-routes.ts';

export interface RouterServices {
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
}

/** Everything a door can ask for; the same object answers over every transport. */
export function createRouter(services: RouterServices, log: Log) {
  const os = createImplementer(log);
  return os.router({
    analysis: analysisRoutes(os.analysis, services.analysis),
    app: appRoutes(os.app, services),
    chat: chatRoutes(os.chat, services.chat),
    collections: collectionsRoutes(os.collections, services.collections),
    context: contextRoutes(os.context, services.context),
    data: dataRoutes(os.data, services),
    documents: documentsRoutes(os.documents, services),
    files: filesRoutes(os.files, services.files),
    folders: foldersRoutes(os.folders, services.chat.folders),
    models: modelsRoutes(os.models, services.models),
    reader: readerRoutes(os.reader, services.reader),
    presets: presetsRoutes(os.presets, services.chat.presets),
    setups: setupsRoutes(os.setups, services.chat.setups),
    search: searchRoutes(os.search, services.chat),
  });
}

export type ClawdbotRouter = ReturnType<typeof createRouter>;
