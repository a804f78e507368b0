/**
 * About how many tokens a text is, on the high side for the tokenizers of current models: what is estimated too low
 * overflows the context, what is estimated too high only makes it shorter. Never more than the UTF-8 bytes of the text,
 * the worst any byte-level tokenizer does. English prose has about four letters a token, digits and signs are mostly
 * tokens of their own, a Chinese character is one or a little more.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let blanks = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === space) {
      // One blank belongs to the word after it; indentation is a token for every few.
      blanks += 1;
      if (blanks > 1) tokens += 0.25;
      continue;
    }
    blanks = 0;
    tokens += code < 128 ? ascii(code) : beyondAscii(code);
  }
  return Math.ceil(tokens);
}

const space = 32;
const letterShare = 0.3;
/** Accented Latin letters often break a word into pieces. */
const accentedShare = 0.8;
const alphabetShare = 1;
const ideographShare = 1.3;
/** Each half of a surrogate pair: emoji and rare characters fall back to four bytes. */
const surrogateShare = 2;

function ascii(code: number): number {
  const lower = code | 0x20;
  return lower >= 97 && lower <= 122 ? letterShare : 1;
}

function beyondAscii(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return surrogateShare;
  if (code < 0x250) return accentedShare;
  return code < 0x2e80 ? alphabetShare : ideographShare;
}
