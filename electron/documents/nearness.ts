/**
 * Whether a cosine says anything depends on the model: unrelated texts reach 0.1 with some and 0.8 with others. So each
 * model is asked once how near texts are that have nothing to do with each other, and cosines are read from there.
 */
export const unrelatedTexts: readonly string[] = [
  'How do I replace the battery of a smoke detector?',
  'The orchestra rehearses the second symphony on Thursday evening.',
  'Which vaccination does a puppy need in its first year?',
  'Interest on the loan is due at the end of each quarter.',
  'Knead the dough for ten minutes and let it rise under a cloth.',
  'When was the lighthouse on the northern cape built?',
  'The server answers with an error when the certificate has expired.',
  'Glaciers carve wide valleys as they slide towards the sea.',
  '冰箱的温度应该设为几度？',
  '会议室的投影仪需要在使用前预约。',
  '这座桥在明代重修过两次。',
  '春天播种前要先翻松土壤。',
];

/** Of what the pairs reach, all but so much lies below the floor. */
const above = 0.05;
/**
 * Of the way from the floor to identity; where it comes from: docs/decisions/0040.
 */
const leastNearness = 0.2;

/** The cosine that all but a few pairs of unrelated texts stay below. */
export function floorOf(vectors: readonly Float32Array[]): number {
  const cosines = vectors
    .flatMap((a, index) => vectors.slice(index + 1).map((b) => cosine(a, b)))
    .toSorted((a, b) => a - b);
  return cosines[Math.floor(cosines.length * (1 - above))] ?? 0;
}

/** 0 for unrelated texts, 1 for the same. */
function nearness(score: number, floor: number): number {
  return floor >= 1 ? 0 : (score - floor) / (1 - floor);
}

export function isNear(score: number, floor: number): boolean {
  return nearness(score, floor) >= leastNearness;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const [at, value] of a.entries()) sum += value * (b[at] ?? 0);
  return sum;
}
