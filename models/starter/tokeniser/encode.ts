import { splitText } from './split-text.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Encoder {
  /** The tokens of a text that may not contain control tokens; marks such as <tool_call> are found. */
  encode(text: string): number[];
}

const rememberedParts = 200_000;

/** Encodes as llama.cpp does for `tokenizer.ggml.model = llama` (llm_tokenizer_spm). */
export function createEncoder(vocabulary: Vocabulary): Encoder {
  const remembered = new Map<string, readonly number[]>();
  const marks = new RegExp(`(${[...vocabulary.marks.keys()].join('|')})`);
  const encodePart = (part: string): readonly number[] => {
    const known = remembered.get(part);
    if (known !== undefined) return known;
    const tokens = mergeParts(part, vocabulary);
    if (remembered.size >= rememberedParts) remembered.clear();
    remembered.set(part, tokens);
    return tokens;
  };
  return {
    encode: (text) =>
      text.split(marks).flatMap((run) => {
        const mark = vocabulary.marks.get(run);
        return mark === undefined ? splitText(run).flatMap(encodePart) : [mark];
      }),
  };
}

/** Joins the two neighbours that make the best piece, the leftmost of equals, until none are left to join. */
function mergeParts(part: string, vocabulary: Vocabulary): number[] {
  const symbols = [...part];
  for (;;) {
    let best = -1;
    let bestScore = -Infinity;
    for (let at = 0; at + 1 < symbols.length; at += 1) {
      const score = vocabulary.piece(`${symbols[at]}${symbols[at + 1]}`)?.score;
      if (score === undefined || score <= bestScore) continue;
      best = at;
      bestScore = score;
    }
    if (best < 0) break;
    symbols.splice(best, 2, `${symbols[best]}${symbols[best + 1]}`);
  }
  return symbols.flatMap((symbol) => {
    const piece = vocabulary.piece(symbol);
    return piece === undefined
      ? [...new TextEncoder().encode(symbol)].map((byte) => vocabulary.byteId(byte))
      : [piece.id];
  });
}
