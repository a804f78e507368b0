/** Why a file cannot be used as a model. `reason` is one or two English sentences for the person who put it there. */
export class GgufError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.name = 'GgufError';
    this.reason = reason;
  }
}
