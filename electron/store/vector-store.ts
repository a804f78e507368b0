import type { FoundPassage } from './document-store.ts';

/** What passages mean, as vectors of length 1. A model is named by whatever changes with its vectors. Every call is synchronous. */
export interface VectorStore {
  /** Why vectors cannot be compared on this machine, as an English sentence; null when they can. */
  readonly problem: string | null;
  /** How many passages of a document, from the first on, have vectors of the model. */
  progress(documentId: string, model: string): number;
  /** Whether all passages of a document have vectors of the model. */
  isComplete(documentId: string, model: string): boolean;
  /** Living documents that lack vectors of the model, the newest first. */
  pending(model: string, limit: number): string[];
  /** How many documents that is. */
  countPending(model: string): number;
  /**
   * Stores vectors of the passages from `from` on, and forgets those of any other model. False, and nothing is stored,
   * when the document is gone or its vectors end somewhere else.
   */
  append(documentId: string, model: string, step: VectorStep): boolean;
  /**
   * Passages of the given documents, the nearest first; `score` is the cosine. Compared with all of them roughly, with
   * the nearest exactly.
   */
  nearest(documentIds: readonly string[], model: string, vector: Float32Array, limit: number): FoundPassage[];
  /** The cosine that texts reach which have nothing to do with each other; undefined until it was measured. */
  floor(model: string): number | undefined;
  setFloor(model: string, floor: number): void;
}

export interface VectorStep {
  readonly from: number;
  readonly vectors: readonly Float32Array[];
  /** No passage comes after these. */
  readonly complete: boolean;
}
