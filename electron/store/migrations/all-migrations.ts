import { conversations } from './0001-conversations.ts';
import { notes } from './0002-notes.ts';
import { thoughts } from './0003-thoughts.ts';
import { summaries } from './0004-summaries.ts';
import { turns } from './0005-turns.ts';
import { search } from './0006-search.ts';
import { setupsAndFolders } from './0007-setups-and-folders.ts';
import { documents } from './0008-documents.ts';
import { forgottenDocuments } from './0009-forgotten-documents.ts';
import { answerSources } from './0010-answer-sources.ts';
import { tasks } from './0011-tasks.ts';
import { vectors } from './0012-vectors.ts';
import { collections } from './0013-collections.ts';
import { fileNames } from './0014-file-names.ts';
import type { Migration } from './migration.ts';

export const allMigrations: readonly Migration[] = [
  conversations,
  notes,
  thoughts,
  summaries,
  turns,
  search,
  setupsAndFolders,
  documents,
  forgottenDocuments,
  answerSources,
  tasks,
  vectors,
  collections,
  fileNames,
];
