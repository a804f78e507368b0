import koffi from 'koffi';
import { OptionError } from '../option-error.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** Lets only those tokens through that a grammar allows next. */
export interface GrammarGate extends Disposable {
  /** The token chosen from the logits. */
  sample(logits: Float32Array): number;
}

/** `llama_token_data`: int32 id, float logit, float p. */
const candidateBytes = 12;
/** `llama_token_data_array`: data, size, selected, sorted. */
const listBytes = 32;
const listOffset = { data: 0, size: 8, selected: 16, sorted: 24 } as const;
/** A token that takes longer to check is the work of a grammar with too many ways to read one text. */
const slowestCheckMs = 5000;

/**
 * Looking at every token of a vocabulary costs more than calculating one, so the chosen token is looked at alone first,
 * and only when it is refused a second choice is made among those that the grammar allows (as llama.cpp's own programs
 * do it). A refused token is never told to the grammar: that would end the process.
 * @throws OptionError when llama.cpp does not understand the grammar
 */
export function createGrammarGate(
  functions: LlamaFunctions,
  vocabulary: Pointer,
  grammar: string,
  chain: Pointer,
): GrammarGate {
  const sampler = functions.grammar(vocabulary, grammar, 'root');
  if (sampler === null) throw new OptionError('grammar', 'llama.cpp does not understand it.');
  const one = createList(1);
  let all: CandidateList | undefined;

  const allows = (token: number): boolean => {
    one.ids[0] = token;
    one.logits[1] = 1;
    one.reset();
    functions.applySampler(sampler, one.header);
    return one.logits[1] !== -Infinity;
  };
  const pick = (list: CandidateList): number => {
    functions.applySampler(chain, list.header);
    return list.selected();
  };

  return {
    sample(logits) {
      const beganMs = performance.now();
      all ??= createList(logits.length);
      fill(all, logits);
      let token = pick(all);
      if (token < 0 || !allows(token)) {
        fill(all, logits);
        functions.applySampler(sampler, all.header);
        token = pick(all);
        if (token < 0 || !allows(token)) throw new OptionError('grammar', 'The model has no word that it allows here.');
      }
      functions.acceptToken(chain, token);
      functions.acceptToken(sampler, token);
      if (performance.now() - beganMs > slowestCheckMs) {
        throw new OptionError('grammar', 'It is too ambiguous: there are too many ways to read one text.');
      }
      return token;
    },
    [Symbol.dispose]: () => functions.freeSampler(sampler),
  };
}

interface CandidateList {
  readonly header: Uint8Array;
  /** Every third of either belongs to one candidate. */
  readonly ids: Int32Array;
  readonly logits: Float32Array;
  reset(): void;
  /** -1 when nothing was chosen. */
  selected(): number;
}

function createList(count: number): CandidateList {
  const candidates = Buffer.alloc(count * candidateBytes);
  const { buffer, byteOffset } = candidates;
  const ids = new Int32Array(buffer, byteOffset, count * 3);
  const logits = new Float32Array(buffer, byteOffset, count * 3);
  const header = Buffer.alloc(listBytes);
  const address = koffi.address(candidates);
  return {
    header,
    ids,
    logits,
    reset() {
      header.writeBigUInt64LE(address, listOffset.data);
      header.writeBigUInt64LE(BigInt(count), listOffset.size);
      header.writeBigInt64LE(-1n, listOffset.selected);
      header[listOffset.sorted] = 0;
    },
    selected() {
      const at = Number(header.readBigInt64LE(listOffset.selected));
      if (at < 0 || at >= count || header.readBigUInt64LE(listOffset.data) !== address) return -1;
      return ids[at * 3] ?? -1;
    },
  };
}

function fill({ ids, logits: target, reset }: CandidateList, logits: Float32Array): void {
  for (let token = 0; token < logits.length; token += 1) {
    ids[token * 3] = token;
    target[token * 3 + 1] = logits[token] ?? 0;
  }
  reset();
}
