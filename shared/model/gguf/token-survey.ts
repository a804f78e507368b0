import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';

/** What must be known about a vocabulary of hundreds of thousands of words, without keeping them. */
export interface TokenSurvey {
  readonly count: number;
  /** Bytes that no token named `<0xNN>`, nor the byte itself, stands for. */
  readonly missingBytes: number;
}

/**
 * Collects the survey word by word. llama.cpp aborts on a vocabulary that holds a word twice
 * (`GGML_ASSERT(id_to_token.size() == token_to_id.size())`), so every word is remembered until the end.
 */
export class TokenSurveyor {
  // One character per byte: a decoder that replaces bad UTF-8 would make different words equal.
  readonly #decoder = new TextDecoder('latin1');
  readonly #seen = new Set<string>();
  readonly #count: number;

  constructor(count: number) {
    if (count > limits.vocabularyTokens) {
      throw new GgufError(`Its vocabulary claims ${count} words; no model has that many. The file is damaged.`);
    }
    this.#count = count;
  }

  add(bytes: Uint8Array): void {
    // llama.cpp gives an empty word this name.
    const word = bytes.length === 0 ? `[EMPTY_${this.#seen.size}]` : this.#decoder.decode(bytes);
    if (this.#seen.has(word)) {
      throw new GgufError(
        `Its vocabulary holds the word "${word.slice(0, 40)}" twice, which llama.cpp cannot load. The file is damaged.`,
      );
    }
    this.#seen.add(word);
  }

  finish(): TokenSurvey {
    let missingBytes = 0;
    for (let byte = 0; byte < 256; byte += 1) {
      const name = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
      const itself = this.#decoder.decode(Uint8Array.of(byte));
      if (!this.#seen.has(name) && !this.#seen.has(itself)) missingBytes += 1;
    }
    return { count: this.#count, missingBytes };
  }
}
