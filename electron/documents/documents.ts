import type { DocumentRecord, FoundPassage } from '../store/document-store.ts';
import type {
  DocumentEmbedding,
  DocumentEvent,
  DocumentInfo,
  DocumentPageReport,
  PassageInfo,
} from '../../shared/contract/index.ts';

/** Files that a person has dropped, read into passages that can be found and shown. */
export interface Documents extends AsyncDisposable {
  /**
   * Reads a file and ends with what came of it; the same content is not read twice. Whatever is wrong with the file
   * stands in the document's problems. When `signal` aborts nothing is kept.
   *
   * @throws CANCELLED, DISK_FULL
   */
  add(file: { readonly path: string; readonly name: string }, signal: AbortSignal): AsyncIterable<DocumentEvent>;
  /**
   * The same for a file that nobody waits for: it is read when no dropped one is. Nothing is kept of a file that gives
   * nothing. @throws CANCELLED, DISK_FULL
   */
  addQuietly(file: { readonly path: string; readonly name: string }, signal: AbortSignal): Promise<QuietlyAdded>;
  /** Gives a document another name, which it is found by from now on. Nothing happens to one that is not there. */
  rename(documentId: string, name: string): void;
  /** What is kept of it, as a person may see it. */
  describe(record: DocumentRecord): DocumentInfo;
  /** @throws DOCUMENT_NOT_FOUND */
  report(documentId: string): { readonly document: DocumentInfo; readonly pages: DocumentPageReport[] };
  list(limit: number): DocumentInfo[];
  /** @throws DOCUMENT_NOT_FOUND */
  passages(documentId: string, seqs: readonly number[]): PassageInfo[];
  /** @throws DOCUMENT_NOT_FOUND */
  remove(documentId: string): void;
  /** @throws DOCUMENT_NOT_FOUND */
  restore(documentId: string): DocumentInfo;
  /** Everything that was read of documents, in their order. Unknown and removed ones are passed over. */
  whole(documentIds: readonly string[]): PassageInfo[];
  /** What a model is to read of documents for one question. Unknown and removed ones are passed over. */
  choose(request: PassageRequest): PassageSelection;
  /**
   * Passages that fit a question by words and by meaning, for `choose`; undefined where the documents fit as a whole.
   * @throws CANCELLED
   */
  rank(request: PassageRequest, signal: AbortSignal): Promise<readonly FoundPassage[] | undefined>;
  /** How far a document can be searched by meaning; null where no model does that. @throws DOCUMENT_NOT_FOUND */
  embedding(documentId: string): DocumentEmbedding | null;
}

export interface QuietlyAdded {
  /** Null when the file could not be read. */
  readonly sha256: string | null;
  /** Without an id where nothing was kept. */
  readonly document: DocumentInfo | Omit<DocumentInfo, 'id'>;
}

export interface PassageRequest {
  readonly documentIds: readonly string[];
  /** All documents in these are meant as well. Left out for none. */
  readonly collectionIds?: readonly string[];
  readonly question: string;
  /** Asked right before; what a short question leaves out stands there. Empty for none. */
  readonly before: string;
  /** About how many tokens may be given. */
  readonly budgetTokens: number;
  /** What `rank` found; words alone decide without it. */
  readonly ranking?: readonly FoundPassage[];
}

export interface PassageSelection {
  /** In the order of the documents. */
  readonly passages: readonly PassageInfo[];
  /** `whole`: everything there is. `found`: what fits the question. `nothing`: no passage has anything to do with it. */
  readonly kind: 'whole' | 'found' | 'nothing';
}
