import type { Tokenizer } from 'node-llama-cpp';
import type { EngineTurn } from '../../../shared/model/engine-protocol.ts';

const pieceChars = 8000;
/** Shorter conversations are simply read; a token is rarely less than a character. */
const certainlyShort = 2;

/**
 * About how many tokens a conversation has when it is clearly longer than `limitTokens`, otherwise undefined. llama.cpp
 * takes minutes for a long text in a script that its vocabulary lacks, during which nothing else could be answered; this
 * stops counting at the limit and lets other work through between two pieces.
 */
export async function tokensBeyond(
  tokenizer: Tokenizer,
  turns: readonly EngineTurn[],
  limitTokens: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const totalChars = turns.reduce((sum, { text }) => sum + text.length, 0);
  if (totalChars <= limitTokens * certainlyShort) return undefined;
  let chars = 0;
  let tokens = 0;
  for (const { text } of turns) {
    for (let at = 0; at < text.length; at += pieceChars) {
      const piece = text.slice(at, at + pieceChars);
      chars += piece.length;
      tokens += tokenizer(piece).length;
      // Cutting words in two adds a few tokens; only what is clearly too long is refused here.
      if (tokens > limitTokens * 1.1) return Math.round((tokens * totalChars) / chars);
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return undefined;
}
