/** The same numbers for the same seed (mulberry32, public domain, T. Ettinger). */
export interface Random {
  below(limit: number): number;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  digits(length: number): string;
  letters(length: number, alphabet?: string): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const letters = (length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz'): string =>
    Array.from({ length }, () => alphabet[below(alphabet.length)] ?? '').join('');
  return {
    below,
    pick(list) {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new Error('Nothing to pick from.');
      return chosen;
    },
    digits: (length) => letters(length, '0123456789'),
    letters,
  };
}
