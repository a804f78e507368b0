import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { AssembledPrompt } from '../context/context.ts';

const attempts = 3;
/** On top of what the model counted, because the rest of a text may be denser than the whole. */
const margin = 1.05;

/**
 * Lengths are estimated, and the model has the last word: when it says that a prompt does not fit, a shorter one is
 * made with what it said. Its own error stands when nothing more can be left out.
 *
 * @param assemble makes the prompt, shorter for a larger scale of tokens
 * @param answer throws CONTEXT_FULL before anything was written when the prompt does not fit
 */
export async function answerWithFittingPrompt(
  assemble: (tokenScale: number) => AssembledPrompt,
  answer: (assembled: AssembledPrompt) => Promise<void>,
): Promise<void> {
  let tokenScale = 1;
  let assembled = assemble(tokenScale);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await answer(assembled);
    } catch (error) {
      if (!hasCode(error, 'CONTEXT_FULL') || attempt === attempts) throw error;
      tokenScale *= Math.max(1, error.data.neededTokens / Math.max(1, assembled.estimatedTokens)) * margin;
      const shorter = tryAssemble(assemble, tokenScale);
      if (shorter === undefined || lengthOf(shorter) >= lengthOf(assembled)) throw error;
      assembled = shorter;
    }
  }
}

function tryAssemble(
  assemble: (tokenScale: number) => AssembledPrompt,
  tokenScale: number,
): AssembledPrompt | undefined {
  try {
    return assemble(tokenScale);
  } catch (error) {
    if (hasCode(error, 'CONTEXT_FULL')) return undefined;
    throw error;
  }
}

/** Characters: a long message may be cut down where no other can be left out. */
function lengthOf({ prompt }: AssembledPrompt): number {
  return JSON.stringify(prompt).length;
}
