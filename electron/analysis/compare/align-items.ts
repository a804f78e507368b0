import type { Steps } from '../in-steps.ts';

/** Indices of two equal items. */
export type Pair = readonly [before: number, after: number];

/** How much may differ between two anchors before the rest is taken for rewritten; the cost is its square. */
const mostDifferences = 1200;

/**
 * Which items of two lists correspond, in order. Items that occur once in both are anchors, as in Bram Cohen's patience
 * diff; between them the shortest edit is found after E. Myers, An O(ND) Difference Algorithm (1986).
 */
export function* alignItems(before: readonly number[], after: readonly number[]): Steps<Pair[]> {
  const pairs: Pair[] = [];
  yield* between(before, after, [0, before.length, 0, after.length], pairs);
  return pairs;
}

type Window = readonly [beforeFrom: number, beforeTo: number, afterFrom: number, afterTo: number];

function* between(a: readonly number[], b: readonly number[], window: Window, pairs: Pair[]): Steps<void> {
  let [aFrom, aTo, bFrom, bTo] = window;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) pairs.push([aFrom++, bFrom++]);
  const tail: Pair[] = [];
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) tail.push([--aTo, --bTo]);
  if (aFrom < aTo && bFrom < bTo) {
    const anchors = longestRising(uniqueIn(a, b, [aFrom, aTo, bFrom, bTo]));
    yield;
    if (anchors.length === 0) {
      for (const [i, j] of yield* shortestEdit(a.slice(aFrom, aTo), b.slice(bFrom, bTo))) {
        pairs.push([aFrom + i, bFrom + j]);
      }
    } else {
      for (const [i, j] of anchors) {
        // The prefix of an earlier stretch may have grown over it.
        if (i < aFrom || j < bFrom) continue;
        yield* between(a, b, [aFrom, i, bFrom, j], pairs);
        pairs.push([i, j]);
        [aFrom, bFrom] = [i + 1, j + 1];
      }
      yield* between(a, b, [aFrom, aTo, bFrom, bTo], pairs);
    }
  }
  pairs.push(...tail.toReversed());
}

function uniqueIn(a: readonly number[], b: readonly number[], [aFrom, aTo, bFrom, bTo]: Window): Pair[] {
  const seen = new Map<number, { a: number; inA: number; b: number; inB: number }>();
  for (let index = aFrom; index < aTo; index += 1) {
    const item = a[index] ?? 0;
    const known = seen.get(item);
    if (known === undefined) seen.set(item, { a: index, inA: 1, b: -1, inB: 0 });
    else known.inA += 1;
  }
  for (let index = bFrom; index < bTo; index += 1) {
    const known = seen.get(b[index] ?? 0);
    if (known === undefined) continue;
    known.b = index;
    known.inB += 1;
  }
  return [...seen.values()].flatMap((each): Pair[] => (each.inA === 1 && each.inB === 1 ? [[each.a, each.b]] : []));
}

/** The longest run of pairs that rises on both sides; they come sorted by the first. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, [, after]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? (ends[low - 1] ?? -1) : -1);
    ends[low] = index;
  }
  const rising: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) rising.push(pair);
  }
  return rising.toReversed();
}

/** Empty when the lists differ in more than `mostDifferences`. */
function* shortestEdit(a: readonly number[], b: readonly number[]): Steps<Pair[]> {
  const most = Math.min(a.length + b.length, mostDifferences);
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    const level = new Map<number, number>();
    trace.push(level);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = reach.get(diagonal + 1) ?? -1;
      const right = reach.get(diagonal - 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      level.set(diagonal, x);
      if (x >= a.length && y >= b.length) return walkBack(trace, a, b);
    }
    for (const [diagonal, x] of level) reach.set(diagonal, x);
    if (edits % 16 === 15) yield;
  }
  return [];
}

function walkBack(trace: readonly ReadonlyMap<number, number>[], a: readonly number[], b: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0 && (x > 0 || y > 0); edits -= 1) {
    const level = trace[edits - 1];
    const diagonal = x - y;
    const down = level?.get(diagonal + 1) ?? -1;
    const right = level?.get(diagonal - 1) ?? -1;
    const fromAbove = diagonal === -edits || (diagonal !== edits && right < down);
    const startX = edits === 0 ? 0 : fromAbove ? down : right;
    const startY = edits === 0 ? 0 : startX - (fromAbove ? diagonal + 1 : diagonal - 1);
    while (x > startX && y > startY && a[x - 1] === b[y - 1]) pairs.push([--x, --y]);
    [x, y] = [startX, startY];
  }
  return pairs.toReversed();
}
