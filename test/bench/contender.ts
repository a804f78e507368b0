/** What was seen of one answer from outside the process that gave it. Times are those of `performance.now`. */
export interface Asked {
  readonly promptTokens: number;
  readonly replyTokens: number;
  readonly sentMs: number;
  /** When the first words arrived; the end where there were none. */
  readonly firstMs: number;
  readonly endMs: number;
  /** When each token of the answer was seen. */
  readonly arrivalsMs: readonly number[];
}

/** One of those that are compared: a process with the model in its memory. */
export interface Contender extends AsyncDisposable {
  readonly processId: number;
  /** From the start of the process until it could be asked. */
  readonly loadMs: number;
  /** `maxTokens` are written, however the model goes on. */
  ask(text: string, maxTokens: number): Promise<Asked>;
}

export interface ContenderOptions {
  readonly model: string;
  readonly threads: number;
  /** Of one conversation. */
  readonly contextTokens: number;
  /** Answers side by side. */
  readonly sequences: number;
}

/** Words of no meaning, different for each seed from the first letter on. */
export function noise(seed: number, letters: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  return Array.from({ length: letters }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % 6 === 0 ? ' ' : String.fromCharCode(97 + ((state >>> 8) % 26));
  }).join('');
}
