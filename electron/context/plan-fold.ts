import { foldAtShare, foldToShare, type ExchangeSize } from './plan-layout.ts';

export interface FoldPlanRequest {
  readonly sizes: readonly ExchangeSize[];
  /** The first exchange that no summary covers. */
  readonly from: number;
  /** For the exchanges; what notes take is off already. */
  readonly roomTokens: number;
  /** What a model can read of a block at once. */
  readonly blockTokens: number;
}

/** Exchanges to summarise next, the end not included. */
export interface FoldPlan {
  readonly from: number;
  readonly to: number;
}

/**
 * The oldest block that is to be summarised, once the exchanges fill most of the room; undefined when there is nothing
 * to do. The last exchange always stays as it is: it may still go on.
 */
export function planFold({ sizes, from, roomTokens, blockTokens }: FoldPlanRequest): FoldPlan | undefined {
  const size = (index: number): number => {
    const { questionTokens = 0, answerTokens = 0 } = sizes[index] ?? {};
    return questionTokens + answerTokens;
  };
  let rest = 0;
  for (let index = from; index < sizes.length; index += 1) rest += size(index);
  if (rest <= roomTokens * foldAtShare) return undefined;
  let to = from;
  let block = 0;
  while (to < sizes.length - 1 && rest - block > roomTokens * foldToShare) {
    if (to > from && block + size(to) > blockTokens) break;
    block += size(to);
    to += 1;
  }
  return to === from ? undefined : { from, to };
}

/** So many summaries of one level become one of the next. */
const mergedAtOnce = 4;

/** Summaries to be made into one, by their places in the list: the oldest neighbours of one level, once there are many. */
export function planMerge(summaries: readonly { readonly level: number }[]): FoldPlan | undefined {
  for (let from = 0; from < summaries.length;) {
    let to = from;
    while (to < summaries.length && summaries[to]?.level === summaries[from]?.level) to += 1;
    // One more stays as it is: the newest is what is most likely to be asked about.
    if (to - from > mergedAtOnce) return { from, to: from + mergedAtOnce };
    from = to;
  }
  return undefined;
}
