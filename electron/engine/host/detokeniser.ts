/** A token's text may end in the middle of a character, which shows as this one. */
const replacement = '\uFFFD';
/** Tokens before the new ones that decide whether a space belongs between them. */
const contextTokens = 3;
/** A character has four bytes at most. Longer without a complete one, and it is no UTF-8: shown rather than held back. */
const mostSilentTokens = 16;
/** Characters that end in no token at all, one after the other, are decoded again with each token; not for ever. */
const mostPendingTokens = 256;

export interface Detokeniser<T> {
  /** The text that has become certain; empty while a character is not complete. */
  push(token: T): string;
  end(): string;
}

/** Turns tokens into text one by one without ever splitting a character. `decode` gets the tokens that came before. */
export function createDetokeniser<T>(
  decode: (tokens: T[], before: T[]) => string,
  before: readonly T[] = [],
): Detokeniser<T> {
  let context = before.slice(-contextTokens);
  let pending: T[] = [];
  let given = 0;
  let silentTokens = 0;

  const take = (text: string, end: number): string => {
    const fresh = text.slice(given, end);
    given = Math.max(given, end);
    if (end < text.length) return fresh;
    context = [...context, ...pending].slice(-contextTokens);
    pending = [];
    given = 0;
    return fresh;
  };

  return {
    push(token) {
      pending.push(token);
      const text = decode(pending, context);
      // A cut character shows as exactly one replacement; more than one are bytes that are no text at all.
      const cut = text.endsWith(replacement) && silentTokens < mostSilentTokens && pending.length < mostPendingTokens;
      const fresh = take(text, cut ? text.length - 1 : text.length);
      silentTokens = fresh === '' ? silentTokens + 1 : 0;
      return fresh;
    },
    end() {
      if (pending.length === 0) return '';
      const text = decode(pending, context);
      return take(text, text.length);
    },
  };
}
