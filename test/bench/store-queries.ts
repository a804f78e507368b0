import type { Words } from './store-words.ts';

/** From common to rare, by place in the order of frequency. */
const englishPlaces = [0, 3, 20, 60, 150, 500, 1_500, 5_000, 12_000, 30_000, 39_000];
const chinesePlaces = [0, 5, 40, 150, 600, 2_000, 6_000, 11_000];

/** What people type: one, two and three words, common and rare, beginnings of words, Chinese, and what is nowhere. */
export function planQueries({ english, chinese }: Words): string[] {
  const at = (words: readonly string[], place: number): string => words[place] ?? '';
  const en = englishPlaces.map((place) => at(english, place));
  const zh = chinesePlaces.map((place) => at(chinese, place));
  const pairs = (words: readonly string[], step: number): string[] =>
    words.map((word, index) => `${word} ${words[(index + step) % words.length] ?? ''}`);
  return [
    ...en,
    ...zh,
    ...pairs(en, 1),
    ...pairs(en, 4),
    ...pairs(zh, 1),
    ...en.map((word, index) => `${word} ${en[(index + 2) % en.length]} ${en[(index + 5) % en.length]}`),
    // While a word is typed.
    ...en.filter((word) => word.length > 4).flatMap((word) => [word.slice(0, 2), word.slice(0, 3), word.slice(0, 4)]),
    // One character, and three that begin in the middle of a word.
    ...zh.map((word) => word.slice(0, 1)),
    ...zh.map((word, index) => `${word.slice(1)}${zh[(index + 1) % zh.length] ?? ''}`),
    // A name beside Chinese words.
    ...zh.slice(0, 4).map((word, index) => `${word} ${en[index + 5] ?? ''}`),
    'xylophone zzyzx',
    'qqqq',
    '氪星',
    '鑫淼焱',
    'rationing',
  ];
}
