/** This model, or this way of calculating, cannot do what is asked; `message` is an English sentence. */
export class UnsupportedError extends Error {
  /** The name of an option, or `answers`, `embeddings`, `reranking`. */
  readonly what: string;

  constructor(what: string, message: string) {
    super(message);
    this.name = 'UnsupportedError';
    this.what = what;
  }
}
