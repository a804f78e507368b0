import { analysisContract } from './analysis.ts';
import { appContract } from './app.ts';
import { chatContract } from './chat.ts';
import { collectionsContract } from './collections.ts';
import { contextContract } from './context.ts';
import { dataContract } from './data.ts';
import { documentsContract } from './documents.ts';
import { filesContract } from './files.ts';
import { foldersContract } from './folders.ts';
import { modelsContract } from './models.ts';
import { readerContract } from './reader.ts';
import { presetsContract, setupsContract } from './setups.ts';
import { searchContract } from './search.ts';

export const contract = {
  analysis: analysisContract,
  app: appContract,
  chat: chatContract,
  collections: collectionsContract,
  context: contextContract,
  data: dataContract,
  documents: documentsContract,
  files: filesContract,
  folders: foldersContract,
  models: modelsContract,
  presets: presetsContract,
  reader: readerContract,
  setups: setupsContract,
  search: searchContract,
};

export { defaultSettings, settingsChangeSchema, settingsSchema } from './app.ts';
export { documentPageReportSchema, documentProblemSchema } from './documents.ts';
export { boxSchema } from './reader.ts';
export { modelOptionsSchema } from './models.ts';
export { documentTaskSchema } from './tasks.ts';
export { declaredErrors, isErrorCode } from './errors.ts';
export { quickMaxHeightPx, quickMinHeightPx, quickWidthPx, shellRequestSchema } from './shell.ts';
export type * from './analysis.ts';
export type * from './app.ts';
export type * from './bin.ts';
export type * from './chat.ts';
export type * from './collections.ts';
export type * from './context.ts';
export type * from './data.ts';
export type * from './documents.ts';
export type * from './folders.ts';
export type * from './models.ts';
export type * from './reader.ts';
export type * from './setups.ts';
export type * from './search.ts';
export type * from './sources.ts';
export type * from './shell.ts';
export type * from './tasks.ts';
export type { StoredError } from './errors.ts';
