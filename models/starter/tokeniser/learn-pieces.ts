interface Word {
  symbols: string[];
  readonly count: number;
}

/**
 * Byte-pair encoding (Sennrich, Haddow, Birch 2016): again and again the most frequent pair of neighbours becomes a
 * piece. `counts` are the parts of the text with how often they occur. The characters come last in the result: no piece
 * is made of fewer, so their rank never counts.
 *
 * @param leastCharCount rarer characters are left to their bytes
 */
export function learnPieces(counts: ReadonlyMap<string, number>, pieceCount: number, leastCharCount: number): string[] {
  const chars = frequentChars(counts, leastCharCount);
  const words: Word[] = [...counts].map(([text, count]) => ({ symbols: [...text], count }));
  const pairs = new Map<string, Pair>();
  const known = new Set(chars);
  for (const [index, word] of words.entries()) countPairs(word, index, 1, pairs, known);
  const merged: string[] = [];
  while (merged.length + chars.size < pieceCount) {
    const best = mostFrequent(pairs);
    if (best === undefined || best.count < 2) break;
    const piece = best.left + best.right;
    if (!known.has(piece)) {
      known.add(piece);
      merged.push(piece);
    }
    for (const index of best.words) {
      const word = words[index];
      if (word === undefined) continue;
      countPairs(word, index, -1, pairs, known);
      word.symbols = join(word.symbols, best);
      countPairs(word, index, 1, pairs, known);
    }
    pairs.delete(key(best.left, best.right));
  }
  return [...merged, ...chars];
}

interface Pair {
  readonly left: string;
  readonly right: string;
  count: number;
  readonly words: Set<number>;
}

function frequentChars(counts: ReadonlyMap<string, number>, least: number): Set<string> {
  const seen = new Map<string, number>();
  for (const [text, count] of counts) {
    for (const char of text) seen.set(char, (seen.get(char) ?? 0) + count);
  }
  // A line break stays a byte: so llama.cpp reads it whatever stands beside it.
  const frequent = [...seen].filter(([char, count]) => count >= least && char !== '\n');
  return new Set(frequent.toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([char]) => char));
}

function countPairs(
  word: Word,
  index: number,
  sign: 1 | -1,
  pairs: Map<string, Pair>,
  known: ReadonlySet<string>,
): void {
  for (let at = 0; at + 1 < word.symbols.length; at += 1) {
    const [left = '', right = ''] = [word.symbols[at], word.symbols[at + 1]];
    // What has no character of its own cannot become part of a piece.
    if (!known.has(left) || !known.has(right)) continue;
    const name = key(left, right);
    const pair = pairs.get(name) ?? { left, right, count: 0, words: new Set<number>() };
    pair.count += sign * word.count;
    if (sign > 0) pair.words.add(index);
    pairs.set(name, pair);
  }
}

function mostFrequent(pairs: ReadonlyMap<string, Pair>): Pair | undefined {
  let best: Pair | undefined;
  for (const pair of pairs.values()) {
    if (best === undefined || pair.count > best.count || (pair.count === best.count && isBefore(pair, best))) {
      best = pair;
    }
  }
  return best;
}

function isBefore(a: Pair, b: Pair): boolean {
  return a.left === b.left ? a.right < b.right : a.left < b.left;
}

function join(symbols: readonly string[], { left, right }: Pair): string[] {
  const joined: string[] = [];
  for (let at = 0; at < symbols.length; at += 1) {
    if (symbols[at] === left && symbols[at + 1] === right) {
      joined.push(left + right);
      at += 1;
    } else {
      joined.push(symbols[at] ?? '');
    }
  }
  return joined;
}

function key(left: string, right: string): string {
  return `${left} ${right}`;
}
