/** Why llama.cpp did not take a model. `neededBytes` is what it was expected to take. */
export class LoadError extends Error {
  readonly code: 'MODEL_UNREADABLE' | 'OUT_OF_MEMORY';
  readonly neededBytes: number;

  constructor(code: LoadError['code'], message: string, neededBytes: number) {
    super(message);
    this.name = 'LoadError';
    this.code = code;
    this.neededBytes = neededBytes;
  }
}
