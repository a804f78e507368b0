/** An option that this way of calculating does not have, or a value that llama.cpp refuses. */
export class OptionError extends Error {
  readonly option: string;

  /** `option` is the caller's name for it, `message` a sentence for people. */
  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}
