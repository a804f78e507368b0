/** A question with what was asked right before it without being answered, and its answer. Sizes in tokens. */
export interface ExchangeSize {
  readonly questionTokens: number;
  readonly answerTokens: number;
}

/** Where notes can take the place of everything before. */
export interface Boundary {
  /** The first exchange that the notes do not cover. */
  readonly at: number;
  readonly notesTokens: number;
  /** Beginning with these notes costs nothing: the model has read them ahead. */
  readonly ready: boolean;
}

export interface Layout {
  /** Index of the boundary whose notes are read; undefined for none. */
  readonly boundary: number | undefined;
  /** The first exchange that is read in full. */
  readonly start: number;
}

/** From this share of the room on, notes take the place of what is old ... */
export const foldAtShare = 0.7;
/** ... if no more than this share is left with them, so that the next time is far away. */
const foldedShare = 0.55;
/** What folding leaves: less than the above, for the person goes on writing meanwhile. */
export const foldToShare = 0.4;
/** What is left when there are no notes and old exchanges have to go without. Each cut makes the engine read again. */
const keptShare = 0.6;

/**
 * Which notes are read, and where the exchanges in full begin. The past is replayed: as long as everything fitted when a
 * question was asked nothing changed, and when it did not, notes took the place of the oldest exchanges, or those were
 * left out, until a good part of the room was free. So what is read first stays the same from question to question
 * without being stored anywhere, and the engine can reuse it. The last exchange always stays.
 */
export function planLayout(
  exchanges: readonly ExchangeSize[],
  boundaries: readonly Boundary[],
  budgetTokens: number,
): Layout {
  let boundary: number | undefined;
  let start = 0;
  let tokens = 0;
  const from = prefixSums(exchanges);
  const between = (first: number, end: number): number => (from[end] ?? 0) - (from[first] ?? 0);
  const room = (of: number | undefined): number =>
    budgetTokens - (of === undefined ? 0 : (boundaries[of]?.notesTokens ?? 0));

  for (const [index, { questionTokens, answerTokens }] of exchanges.entries()) {
    tokens += questionTokens;
    // An answer that is being continued is read together with its question.
    const isLast = index === exchanges.length - 1;
    if (isLast) tokens += answerTokens;
    const now = isLast ? answerTokens + questionTokens : questionTokens;
    if (tokens > room(boundary) * foldAtShare) {
      const mustMove = tokens > room(boundary);
      const rest = (candidate: number): number => {
        const at = boundaries[candidate]?.at ?? Infinity;
        return at > index ? Infinity : (between(at, index) + now) / Math.max(1, room(candidate));
      };
      const next = chooseBoundary(boundaries, boundary, mustMove, rest);
      if (next !== undefined) {
        boundary = next;
        start = Math.max(start, boundaries[next]?.at ?? 0);
        tokens = between(start, index) + now;
      }
    }
    if (tokens > room(boundary)) {
      // Notes that leave no room for the question are no help.
      if (now > room(boundary)) boundary = undefined;
      while (start < index && tokens > room(boundary) * keptShare) {
        tokens -= between(start, start + 1);
        start += 1;
      }
    }
    if (!isLast) tokens += answerTokens;
  }
  return { boundary, start };
}

/**
 * The first one that leaves enough room, else, when something must happen, the last one that leaves any. What was not
 * read ahead is taken only then: the beginning changes anyway.
 */
function chooseBoundary(
  boundaries: readonly Boundary[],
  current: number | undefined,
  mustMove: boolean,
  restShare: (boundary: number) => number,
): number | undefined {
  let last: number | undefined;
  for (const [index, { ready }] of boundaries.entries()) {
    if (index <= (current ?? -1) || !(ready || mustMove)) continue;
    const share = restShare(index);
    if (share <= (mustMove ? keptShare : foldedShare)) return index;
    if (mustMove && share < Infinity) last = index;
  }
  return last;
}

function prefixSums(exchanges: readonly ExchangeSize[]): number[] {
  const sums = [0];
  for (const { questionTokens, answerTokens } of exchanges) {
    sums.push((sums.at(-1) ?? 0) + questionTokens + answerTokens);
  }
  return sums;
}
