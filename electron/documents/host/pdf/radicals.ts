/**
 * Of the block CJK Radicals Supplement, which normalisation leaves alone, from a code point on: the characters that look
 * the same, after EquivalentUnifiedIdeograph.txt of Unicode.
 */
const supplement: readonly (readonly [from: number, characters: string])[] = [
  [0x2e81, '厂乛乚乙亻冂'],
  [0x2e88, '刀刂卜㔾小小兀尣尢'],
  [0x2e92, '巳幺彑'],
  [0x2e96, '忄㣺扌攵'],
  [0x2e9b, '旡日月歺'],
  [0x2ea0, '民氵氺灬爫爫丬牛犭王'],
  [0x2eab, '目示礻竹糹纟罓罒'],
  [0x2eb6, '羊'],
  [0x2eb9, '耂肀'],
  [0x2ebc, '月臼艹艹艹虎衤覀西见角'],
  [0x2ec8, '讠贝足车辶辶辶阝钅長镸长门'],
  [0x2ed6, '阝雨青韦页风飞食'],
  [0x2edf, '飠饣'],
  [0x2ee2, '马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀'],
];
const characterOf = new Map(
  supplement.flatMap(([from, characters]) =>
    [...characters].map((character, index) => [String.fromCodePoint(from + index), character] as const),
  ),
);

/**
 * Chinese characters for the radicals that look like them (Unicode, blocks 2E80 to 2FDF). Chromium, when it prints, names
 * a character by the first code point that its font draws the same way; nobody would find the word.
 */
export function withoutRadicals(text: string): string {
  return text.replaceAll(/[\u2e80-\u2fdf]/g, (radical) => characterOf.get(radical) ?? radical.normalize('NFKC'));
}
