import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';

/** What must be known about a vocabulary of hundreds of thousands of words, without keeping them. */
export interface TokenSurvey {
  readonly count: number;
  /** Bytes that no token named `<0xNN>`, nor the byte itself, stands for. */
  readonly missingBytes: number;
  /** Bytes that no token stands for in RWKV's way of writing them (`a`, `\n`, `\xff`). */
  readonly missingEscapedBytes: number;
  /**
   * What tells these words, in their order, from others: of all of them, of all but the last, and so on, up to
   * `paddingWords` fewer. Files of one family differ in words without meaning at the end.
   */
  readonly prints: readonly string[];
}

/** So many words at the end of a vocabulary may be there for the round number only. */
export const paddingWords = 128;

/**
 * Collects the survey word by word. llama.cpp aborts on a vocabulary that holds a word twice
 * (`GGML_ASSERT(id_to_token.size() == token_to_id.size())`), so a fingerprint of every word is remembered until the
 * end: 63 bits, so that two different words of the largest vocabulary are taken for one less than once in 10^8 files.
 */
export class TokenSurveyor {
  readonly #count: number;
  readonly #mask: number;
  /** Open addressing; two halves of a fingerprint side by side, the second never 0 where the slot is taken. */
  readonly #slots: Int32Array;
  readonly #prints: string[] = [];
  #added = 0;
  #order: Print = [0, 0];

  constructor(count: number) {
    if (count > limits.vocabularyTokens) {
      throw new GgufError(`Its vocabulary claims ${count} words; no model has that many. The file is damaged.`);
    }
    this.#count = count;
    const capacity = 2 ** Math.ceil(Math.log2(count * 2 + 2));
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity * 2);
  }

  add(bytes: Uint8Array): void {
    // llama.cpp gives an empty word this name.
    const word = bytes.length === 0 ? encode(`[EMPTY_${this.#added}]`) : bytes;
    this.#added += 1;
    const print = printOf(word);
    if (this.#find(print, true)) {
      const spelling = new TextDecoder().decode(word.subarray(0, 40));
      throw new GgufError(
        `Its vocabulary holds the word "${spelling}" twice, which llama.cpp cannot load. The file is damaged.`,
      );
    }
    this.#order = [mixed(this.#order[0], print[0]), mixed(this.#order[1], print[1])];
    if (this.#added >= this.#count - paddingWords) this.#prints.unshift(this.#order.map(unsigned).join('-'));
  }

  finish(): TokenSurvey {
    let missingBytes = 0;
    let missingEscapedBytes = 0;
    for (let byte = 0; byte < 256; byte += 1) {
      const name = encode(`<0x${hex(byte).toUpperCase()}>`);
      if (!this.#has(name) && !this.#has(Uint8Array.of(byte))) missingBytes += 1;
      if (!this.#has(encode(escapeByte(byte)))) missingEscapedBytes += 1;
    }
    return { count: this.#count, missingBytes, missingEscapedBytes, prints: this.#prints };
  }

  #has(word: Uint8Array): boolean {
    return this.#find(printOf(word), false);
  }

  /** Whether the word was there already. */
  #find([first, second]: Print, insert: boolean): boolean {
    for (let slot = (first ^ (first >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const there = this.#slots[slot * 2 + 1];
      if (there === 0) {
        if (insert) {
          this.#slots[slot * 2] = first;
          this.#slots[slot * 2 + 1] = second;
        }
        return false;
      }
      if (there === second && this.#slots[slot * 2] === first) return true;
    }
  }
}

type Print = readonly [first: number, second: number];

function printOf(word: Uint8Array): Print {
  // FNV-1a beside a second hash of the same form with another prime (both well known, neither secret).
  let first = 0x811c9dc5;
  let second = 0x9747b28c;
  for (let at = 0; at < word.length; at += 1) {
    const byte = word[at] ?? 0;
    first = Math.imul(first ^ byte, 0x01000193);
    second = Math.imul(second ^ byte, 0x5bd1e995);
    second ^= second >>> 15;
  }
  return [first, second | 1];
}

/** Another order of the same prints gives another result. */
function mixed(before: number, print: number): number {
  const turned = (before << 5) | (before >>> 27);
  return Math.imul(turned ^ print, 0x85ebca6b);
}

function unsigned(value: number): string {
  return (value >>> 0).toString(16);
}

function escapeByte(byte: number): string {
  const short = new Map([
    [0x09, '\\t'],
    [0x0a, '\\n'],
    [0x0d, '\\r'],
    [0x5c, '\\\\'],
  ]).get(byte);
  return short ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hex(byte)}`);
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function encode(word: string): Uint8Array {
  return new TextEncoder().encode(word);
}
