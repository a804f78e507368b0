import type { FoundPassage } from '../store/document-store.ts';
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

export interface PassageRequest {
  readonly documentIds: readonly string[];
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
