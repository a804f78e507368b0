import type { Token } from 'node-llama-cpp';
import type { Calculation } from './calculation.ts';
import type { PlainCost } from './draft-payoff.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import type { Logits } from './logits.ts';
import { surestToken } from './logprobs.ts';
import { longestPrefix } from './longest-prefix.ts';
import type { Pace } from './pace.ts';
import type { TokenBatch } from './token-batch.ts';

/** A smaller model that reads along with one answer at a time and guesses how it goes on. Nothing here ever throws. */
export interface Drafter {
  /** Of the model that it guesses for. */
  readonly plainCost: PlainCost;
  /** Reads what it does not know yet, for about `patienceMs`; true when it is ready to guess. */
  follow(tokens: readonly Token[], patienceMs: number): Promise<boolean>;
  /** At most `mostTokens` that may follow; fewer when it is not sure of more. */
  guess(tokens: readonly Token[], mostTokens: number): Promise<Token[]>;
  breakOff(): void;
}

export interface DrafterOptions {
  readonly functions: LlamaFunctions;
  readonly calculation: Calculation;
  readonly batch: TokenBatch;
  readonly memory: Pointer;
  readonly vocabulary: Pointer;
  readonly logits: Logits;
  readonly pace: Pace;
  readonly plainCost: PlainCost;
  /** Words that the model has for which it guesses. */
  readonly knownTokens: number;
}

/** Read together with the first guess. */
const fewTokens = 16;
/** A row of guesses that is less likely than this to be right as a whole is not made longer. */
const leastSure = 0.4;
/** There is one sequence only. */
const sequence = 0;

export function createDrafter(options: DrafterOptions): Drafter {
  const { functions, calculation, batch, memory, logits, pace } = options;
  const held: Token[] = [];
  let broken = false;

  const cut = (tokens: number): void => {
    const kept = tokens > 0 && functions.forget(memory, sequence, tokens, -1) ? tokens : 0;
    if (kept === 0) functions.forget(memory, sequence, -1, -1);
    held.length = kept;
  };

  /** False when it was broken off. */
  const calculate = async (tokens: readonly Token[], output: boolean): Promise<boolean> => {
    batch.clear();
    for (const [index, token] of tokens.entries()) {
      batch.add(token, held.length + index, sequence, output && index === tokens.length - 1);
    }
    const beganMs = performance.now();
    const status = await calculation.run(batch, pace.expectedMs(tokens.length));
    if (status === 0) {
      pace.note(tokens.length, performance.now() - beganMs);
      held.push(...tokens);
      return true;
    }
    cut(held.length);
    if (status !== 2) throw new Error(`llama.cpp could not calculate a guess (${status}).`);
    return false;
  };

  /** An answer needs no guesses: after a mistake there are none. */
  const attempt = async <T>(action: () => Promise<T>, otherwise: T): Promise<T> => {
    if (broken) return otherwise;
    try {
      return await action();
    } catch (error) {
      broken = true;
      process.stderr.write(`Nothing is guessed any more: ${error instanceof Error ? error.stack : String(error)}\n`);
      return otherwise;
    }
  };

  /** Tokens that only the larger vocabulary has cannot be read. */
  const isReadable = (tokens: readonly Token[]): boolean => tokens.every((token) => token < logits.vocabularyTokens);

  return {
    plainCost: options.plainCost,
    follow: (tokens, patienceMs) =>
      attempt(async () => {
        const common = longestPrefix(held, tokens);
        if (common < held.length) cut(common);
        if (!isReadable(tokens.slice(held.length))) return false;
        const beganMs = performance.now();
        while (tokens.length - held.length > fewTokens) {
          const rest = tokens.length - held.length - 1;
          const { besideTokens } = pace.limits();
          if (!(await calculate(tokens.slice(held.length, held.length + Math.min(rest, besideTokens)), false))) {
            return false;
          }
          if (performance.now() - beganMs >= patienceMs) return tokens.length - held.length <= fewTokens;
        }
        return true;
      }, false),
    guess: (tokens, mostTokens) =>
      attempt(async () => {
        const guesses: Token[] = [];
        // What was known before the last token would tell nothing about the one after it.
        if (held.length >= tokens.length) cut(tokens.length - 1);
        let next: readonly Token[] = tokens.slice(held.length);
        let sure = 1;
        while (guesses.length < mostTokens && (await calculate(next, true))) {
          const { token, probability } = surestToken(logits.at(calculation.context, next.length - 1));
          if (!Number.isFinite(probability)) throw new Error('It calculated something that is no number.');
          sure *= probability;
          if (sure < leastSure || !isToken(token) || token >= options.knownTokens) break;
          guesses.push(token);
          if (functions.isEndOfAnswer(options.vocabulary, token)) break;
          next = [token];
        }
        return guesses;
      }, []),
    breakOff: () => calculation.breakOff(),
  };
}

function isToken(value: number): value is Token {
  return value >= 0;
}
