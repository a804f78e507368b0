const unspaced =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const runs = new RegExp(`([${unspaced}]+)|([[\\p{L}\\p{N}]--[${unspaced}]]+)`, 'gv');
const wholly = new RegExp(`^[[\\p{L}\\p{N}]--[${unspaced}]]+$`, 'v');

/**
 * What a search for one or two characters finds a text by: each one and each two characters of scripts without spaces
 * between words, and the first one and two letters of every other word. In lower case, each once, joined by spaces;
 * null for none.
 */
export function shortTerms(text: string): string | null {
  const terms = new Set<string>();
  for (const [, run, word] of text.toLowerCase().matchAll(runs)) {
    if (run === undefined) addBeginning(terms, word ?? '');
    else addPieces(terms, run);
  }
  return terms.size === 0 ? null : [...terms].join(' ');
}

/** The terms that every text with such a word in it has; none when only comparing can tell. */
export function shortTermsOfWord(word: string): readonly string[] {
  const terms = shortTerms(word)?.split(' ') ?? [];
  const longest = Math.max(0, ...terms.map((term) => [...term].length));
  // The letter of "e_" may be in the middle of a word.
  const certain = terms.filter((term) => wholly.test(word) || !wholly.test(term));
  return certain.filter((term) => [...term].length === longest);
}

function addBeginning(terms: Set<string>, word: string): void {
  const [first = '', second = ''] = word;
  terms.add(first).add(first + second);
}

function addPieces(terms: Set<string>, run: string): void {
  let before = '';
  for (const character of run) {
    terms.add(character);
    if (before !== '') terms.add(before + character);
    before = character;
  }
}
