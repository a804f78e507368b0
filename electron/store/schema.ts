import type { Generated } from 'kysely';

/** The tables as the newest migration leaves them. Times are milliseconds since 1970, flags 0 or 1. */
export interface Schema {
  conversations: ConversationsTable;
  messages: MessagesTable;
  message_journal: MessageJournalTable;
  turns: TurnsTable;
  web_sessions: WebSessionsTable;
  notes: NotesTable;
  summaries: SummariesTable;
  title_attempts: TitleAttemptsTable;
  conversation_setups: ConversationSetupsTable;
  presets: PresetsTable;
  folders: FoldersTable;
  documents: DocumentsTable;
  passages: PassagesTable;
  message_documents: MessageDocumentsTable;
  answer_readings: AnswerReadingsTable;
  answer_sources: AnswerSourcesTable;
  task_results: TaskResultsTable;
  task_result_documents: TaskResultDocumentsTable;
  unfinished_documents: UnfinishedDocumentsTable;
  embedded_documents: EmbeddedDocumentsTable;
  coarse_vectors: CoarseVectorsTable;
  exact_vectors: ExactVectorsTable;
  embedding_models: EmbeddingModelsTable;
  collections: CollectionsTable;
  collection_documents: CollectionDocumentsTable;
  watched_folders: WatchedFoldersTable;
  watched_files: WatchedFilesTable;
}

export interface ConversationsTable {
  row_id: Generated<number>;
  id: string;
  title: string;
  title_source: 'none' | 'message' | 'person';
  created_at: number;
  updated_at: number;
  pinned: number;
  /** The last message of the branch on screen. */
  head_message_id: string | null;
  model_id: string | null;
  removed_at: number | null;
  /** May be that of a removed folder. */
  folder_id: string | null;
}

export interface MessagesTable {
  row_id: Generated<number>;
  id: string;
  conversation_id: string;
  parent_id: string | null;
  /** Order of creation within the conversation; unlike `created_at` it does not depend on the clock. */
  seq: number;
  role: 'user' | 'assistant';
  text: string;
  state: 'running' | 'done' | 'stopped' | 'interrupted' | 'failed';
  created_at: number;
  model_id: string | null;
  model_name: string | null;
  error: string | null;
  stats: string | null;
  removed_at: number | null;
  /** The message a person removed and this one with it; itself for that message. */
  removed_by: string | null;
  /** Head of the conversation when this message was removed, for undoing it. */
  removed_head_id: string | null;
  request_id: string | null;
  /** What was thought before the answer; empty for nothing. */
  thought: Generated<string>;
  thought_ms: number | null;
  /** What an interrupted reply was doing, as JSON. */
  interrupted_in: string | null;
  /** What is to be done with the documents of a question, as JSON. */
  task: string | null;
}

/** What running replies are doing. A reply without a row is starting. */
export interface TurnsTable {
  message_id: string;
  /** JSON. */
  progress: string;
}

export interface MessageJournalTable {
  message_id: string;
  seq: number;
  text: string;
  part: Generated<JournalPart>;
}

/** Which text of a message a piece belongs to. */
export type JournalPart = 'text' | 'thought';

export interface WebSessionsTable {
  /** SHA-256 in hexadecimal. */
  token_hash: string;
  created_at: number;
  expires_at: number;
  last_seen_at: number;
}

export interface NotesTable {
  name: string;
  /** JSON. */
  value: string;
}

/** Stretches of a conversation in few words. */
export interface SummariesTable {
  id: string;
  conversation_id: string;
  level: number;
  first_message_id: string;
  last_message_id: string;
  message_count: number;
  /** What the messages would take in a prompt, estimated. */
  source_tokens: number;
  text: string;
  /** JSON. */
  facts: string;
  origin: 'model' | 'sentences' | 'paste';
  /** The model has read it ahead, or has been given it already. */
  ready: number;
  created_at: number;
}

export interface TitleAttemptsTable {
  conversation_id: string;
  /** The first message of the branch that a title was asked for. */
  message_id: string;
}

/** What conversations set for their answers; one without a row sets nothing. */
export interface ConversationSetupsTable {
  conversation_id: string;
  /** JSON. */
  setup: string;
}

export interface PresetsTable {
  id: string;
  name: string;
  /** JSON. */
  setup: string;
  created_at: number;
  removed_at: number | null;
}

export interface FoldersTable {
  id: string;
  name: string;
  collapsed: number;
  created_at: number;
  removed_at: number | null;
}

export interface DocumentsTable {
  id: string;
  name: string;
  sha256: string;
  size_bytes: number;
  format: string | null;
  language: string | null;
  /** JSON. */
  report: string;
  created_at: number;
  removed_at: number | null;
}

export interface PassagesTable {
  row_id: Generated<number>;
  document_id: string;
  seq: number;
  page: number;
  heading: string;
  text: string;
  /** JSON. */
  places: string;
}

export interface MessageDocumentsTable {
  message_id: string;
  position: number;
  document_id: string;
}

/** That an answer was given documents to read, and what comparing it with them found. */
export interface AnswerReadingsTable {
  message_id: string;
  kind: 'whole' | 'found' | 'nothing';
  given: number;
  /** JSON; null until it was compared. */
  marks: string | null;
}

/** Passages that answers were given. They outlive their documents, which is why they repeat what is told of them. */
export interface AnswerSourcesTable {
  message_id: string;
  number: number;
  document_id: string;
  document_name: string;
  seq: number;
  page: number;
  unit: string;
  /** As in `passages`. */
  heading: string;
  /** Whether it is told with the answer. */
  shown: Generated<number>;
}

/** What a model wrote about pieces of documents. */
export interface TaskResultsTable {
  /** SHA-256 of everything the model was asked, in hexadecimal. */
  key: string;
  text: string;
  made_at: number;
}

export interface TaskResultDocumentsTable {
  key: string;
  document_id: string;
}

/** Documents of which not everything is written yet. */
export interface UnfinishedDocumentsTable {
  document_id: string;
}

/** How far the passages of a document have vectors, and of which model. */
export interface EmbeddedDocumentsTable {
  number: Generated<number>;
  document_id: string;
  model: string;
  /** From the first one on. */
  passages: number;
  complete: number;
}

export interface CoarseVectorsTable {
  place: number;
  /** A signed byte for each number. */
  vector: Uint8Array;
}

export interface ExactVectorsTable {
  place: number;
  /** 32-bit floats of length 1, in the machine's order (little-endian wherever this runs). */
  vector: Uint8Array;
}

export interface EmbeddingModelsTable {
  model: string;
  /** See `VectorStore`. */
  floor: number;
}

export interface CollectionsTable {
  id: string;
  name: string;
  created_at: number;
  removed_at: number | null;
}

export interface CollectionDocumentsTable {
  collection_id: string;
  document_id: string;
  added_at: number;
}

/** Folders on the disk that collections follow. */
export interface WatchedFoldersTable {
  collection_id: string;
  path: string;
  /** Which folder of this path it was when it was looked through; null before the first time. */
  identity: string | null;
  paused: number;
  /** When it was last looked through to its end. */
  checked_at: number | null;
}

export interface WatchedFilesTable {
  row_id: Generated<number>;
  collection_id: string;
  /** Within the folder, with `/` between its parts. */
  path: string;
  size_bytes: number;
  modified_ms: number;
  /** What the file system knows it by, whatever it is called. */
  file_id: string;
  state: 'waiting' | 'read' | 'failed';
  /** What was read of it; null also when a person has deleted that for good. */
  document_id: string | null;
  sha256: string | null;
  /** JSON. */
  problem: string | null;
}
