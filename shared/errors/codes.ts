/**
 * Every failure a caller may see, by domain. The list is closed: an edge that meets an error outside it reports
 * `INTERNAL` and keeps the details in the log. The data of each code travels with it so that the interface can name
 * numbers and next steps in the person's language.
 */
export interface ErrorDataByCode {
  // chat
  CONVERSATION_NOT_FOUND: { conversationId: string };
  MESSAGE_NOT_FOUND: { messageId: string };
  FOLDER_NOT_FOUND: { folderId: string };
  PRESET_NOT_FOUND: { presetId: string };
  /** An answer is being written in this conversation; stop it or wait. */
  TURN_RUNNING: { conversationId: string };
  MESSAGE_TOO_LONG: { lengthChars: number; limitChars: number };
  // documents
  DOCUMENT_NOT_FOUND: { documentId: string };
  /** A copy still held what was to be taken out, in so many places, so there is none. */
  REDACTION_INCOMPLETE: { places: number };
  /** `reason` is a sentence in the language of whoever asked. */
  DEIDENTIFICATION_FAILED: { reason: string };
  /** Only its text is kept. */
  ORIGINAL_MISSING: Record<string, never>;
  ORIGINAL_DAMAGED: Record<string, never>;
  COLLECTION_NOT_FOUND: { collectionId: string };
  /** A folder cannot be followed; `reason` is an English phrase. */
  FOLDER_UNUSABLE: { path: string; reason: string };
  // models and engine
  NO_MODEL: { searchedFolder: string };
  MODEL_NOT_FOUND: { modelId: string };
  /** The file is missing, truncated, or not something llama.cpp can load without aborting. */
  MODEL_UNREADABLE: { path: string; reason: string };
  OUT_OF_MEMORY: { modelName: string; neededBytes: number; freeBytes: number };
  /** It crashed the engine too often and is not loaded before a person asks for it. `reason` is an English phrase. */
  MODEL_QUARANTINED: { modelName: string; crashes: number; reason: string };
  /**
   * The engine's process ended while it was working; `reason` is an English phrase. `hang`: it did not answer any more
   * and was ended. `memory`: the memory of the machine ran out.
   */
  ENGINE_CRASHED: { reason: string; cause?: 'hang' | 'memory' };
  ENGINE_UNAVAILABLE: { reason: string };
  /** The text to read is longer than the model's context. */
  CONTEXT_FULL: { neededTokens: number; contextTokens: number };
  /** `what` is the name of an option, or `answers`, `embeddings`, `reranking`, that this model or machine lacks. */
  MODEL_UNSUPPORTED: { modelName: string; what: string; reason: string };
  // store
  DISK_FULL: { path: string };
  DATABASE_LOCKED: { path: string };
  DATABASE_CORRUPT: { path: string };
  DATABASE_KEY_WRONG: { path: string };
  DATABASE_TOO_NEW: { path: string; databaseVersion: number; appVersion: number };
  DATA_DIRECTORY_IN_USE: { path: string; processId: number | null; url: string | null };
  DATA_DIRECTORY_UNUSABLE: { path: string; reason: string };
  /** Restored or deleted for good meanwhile. */
  NOT_IN_BIN: { id: string };
  // files handed over by a page
  FILE_TOO_LARGE: { sizeBytes: number; limitBytes: number };
  /** It did not arrive whole, or was given up. */
  FILE_NOT_HANDED_OVER: Record<string, never>;
  SNAPSHOT_NOT_FOUND: { id: string };
  SNAPSHOT_UNUSABLE: { id: string; reason: string };
  SNAPSHOT_BUSY: Record<string, never>;
  IMPORT_UNREADABLE: { reason: string };
  IMPORT_RUNNING: Record<string, never>;
  // hosts
  PORT_IN_USE: { port: number };
  FLAG_INVALID: { flag: string; reason: string };
  CONFIG_INVALID: { path: string; key: string; reason: string };
  SETTINGS_INVALID: { path: string; key: string; reason: string };
  // protocol
  BAD_INPUT: { issues: { path: string; message: string }[] };
  UNKNOWN_ROUTE: { route: string };
  PAYLOAD_TOO_LARGE: { limitBytes: number };
  UNAUTHORISED: Record<string, never>;
  FORBIDDEN_ORIGIN: { origin: string };
  // everywhere
  CANCELLED: Record<string, never>;
  INTERNAL: { reference: string };
}

export type ErrorCode = keyof ErrorDataByCode;

/**
 * How an edge treats an error: `cancelled` is not logged as a failure, `expected` is shown with its next step,
 * `transient` may be retried, `protocol` is the caller's mistake, `bug` is ours.
 */
export type ErrorKind = 'cancelled' | 'expected' | 'transient' | 'protocol' | 'bug';

export const errorKinds: Readonly<Record<ErrorCode, ErrorKind>> = {
  CONVERSATION_NOT_FOUND: 'expected',
  FILE_TOO_LARGE: 'expected',
  FILE_NOT_HANDED_OVER: 'expected',
  DOCUMENT_NOT_FOUND: 'expected',
  REDACTION_INCOMPLETE: 'expected',
  DEIDENTIFICATION_FAILED: 'expected',
  ORIGINAL_MISSING: 'expected',
  ORIGINAL_DAMAGED: 'expected',
  COLLECTION_NOT_FOUND: 'expected',
  FOLDER_UNUSABLE: 'expected',
  MESSAGE_NOT_FOUND: 'expected',
  FOLDER_NOT_FOUND: 'expected',
  PRESET_NOT_FOUND: 'expected',
  TURN_RUNNING: 'expected',
  MESSAGE_TOO_LONG: 'expected',
  NO_MODEL: 'expected',
  MODEL_NOT_FOUND: 'expected',
  MODEL_UNREADABLE: 'expected',
  OUT_OF_MEMORY: 'expected',
  MODEL_QUARANTINED: 'expected',
  ENGINE_CRASHED: 'transient',
  ENGINE_UNAVAILABLE: 'transient',
  CONTEXT_FULL: 'expected',
  MODEL_UNSUPPORTED: 'expected',
  DISK_FULL: 'expected',
  DATABASE_LOCKED: 'transient',
  DATABASE_CORRUPT: 'expected',
  DATABASE_KEY_WRONG: 'expected',
  DATABASE_TOO_NEW: 'expected',
  DATA_DIRECTORY_IN_USE: 'expected',
  DATA_DIRECTORY_UNUSABLE: 'expected',
  NOT_IN_BIN: 'expected',
  SNAPSHOT_NOT_FOUND: 'expected',
  SNAPSHOT_UNUSABLE: 'expected',
  SNAPSHOT_BUSY: 'transient',
  IMPORT_UNREADABLE: 'expected',
  IMPORT_RUNNING: 'expected',
  PORT_IN_USE: 'expected',
  FLAG_INVALID: 'expected',
  CONFIG_INVALID: 'expected',
  SETTINGS_INVALID: 'expected',
  BAD_INPUT: 'protocol',
  UNKNOWN_ROUTE: 'protocol',
  PAYLOAD_TOO_LARGE: 'protocol',
  UNAUTHORISED: 'protocol',
  FORBIDDEN_ORIGIN: 'protocol',
  CANCELLED: 'cancelled',
  INTERNAL: 'bug',
};
