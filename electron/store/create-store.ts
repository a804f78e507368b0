import { createBranchSearch } from './branch-search.ts';
import type { Database } from './database.ts';
import { createJournal } from './journal.ts';
import type { Store } from './store.ts';
import { createStoredArchive } from './stored-archive.ts';
import { createStoredBin } from './stored-bin.ts';
import { createStoredCollections } from './stored-collections.ts';
import { createStoredConversations } from './stored-conversations.ts';
import { createStoredFolders } from './stored-folders.ts';
import { createStoredDocuments } from './stored-documents.ts';
import { createStoredMessages } from './stored-messages.ts';
import { createStoredSources } from './stored-sources.ts';
import { createStoredPresets, createStoredSetups } from './stored-setups.ts';
import { createStoredSummaries } from './stored-summaries.ts';
import { createStoredTaskResults } from './stored-task-results.ts';
import { createStoredVectors } from './stored-vectors.ts';
import { createStoredWatches } from './stored-watches.ts';
import { createTextSearch } from './text-search.ts';

/** The tables behind `Store`; the database stays its owner's and is disposed of there. */
export function createStore(database: Database): Store {
  const documents = createStoredDocuments(database);
  return {
    conversations: createStoredConversations(database),
    messages: createStoredMessages(database),
    journal: createJournal(database),
    search: createTextSearch(database),
    folders: createStoredFolders(database),
    setups: createStoredSetups(database),
    presets: createStoredPresets(database),
    branchSearch: createBranchSearch(database),
    summaries: createStoredSummaries(database),
    documents,
    sources: createStoredSources(database),
    taskResults: createStoredTaskResults(database),
    vectors: createStoredVectors(database),
    collections: createStoredCollections(database),
    watches: createStoredWatches(database),
    bin: createStoredBin(database),
    archive: createStoredArchive(database, documents),
    transaction: (work) => database.transaction(work),
  };
}
