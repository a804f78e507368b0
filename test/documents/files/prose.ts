/** A small generator of the same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const english =
  'the harbour of a small town is quiet in winter and the ships that lie there wait for spring while people mend nets talk about weather prices old storms new roads and what their children write from cities far away where nobody knows how salt smells on a cold morning'.split(
    ' ',
  );
const chinese =
  '我们的合同规定甲方在每个月的第一天支付租金，乙方应当保证房屋可以正常使用。如果有问题要及时通知对方，双方都有权利提出意见';

/** Sentences without meaning, of so many words. */
export function englishText(words: number, seed: number): string {
  const random = seededRandom(seed);
  const sentences: string[] = [];
  for (let left = words; left > 0;) {
    const length = Math.min(left, 8 + Math.floor(random() * 10));
    const chosen = Array.from({ length }, () => english[Math.floor(random() * english.length)] ?? '');
    const text = chosen.join(' ');
    sentences.push(`${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`);
    left -= length;
  }
  return sentences.join(' ');
}

export function chineseText(characters: number, seed: number): string {
  const random = seededRandom(seed);
  return `${Array.from({ length: characters - 1 }, () => chinese[Math.floor(random() * chinese.length)] ?? '').join('')}。`;
}
