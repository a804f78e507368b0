/** A grammar or schema that cannot be used; `message` is a sentence that says where and why. */
export class GrammarError extends Error {
  override readonly name = 'GrammarError';
}
