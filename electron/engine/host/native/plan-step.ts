import type { EnginePriority } from '../../../../shared/model/engine-protocol.ts';

export interface StreamState {
  readonly priority: EnginePriority;
  /** Known tokens that were not calculated yet: one while writing, more while reading. */
  readonly pendingTokens: number;
  /** Steps since anything of it was calculated. */
  readonly waitedSteps: number;
}

export interface StepLimits {
  /** Tokens that fit into one calculation; at least one for each stream. */
  readonly batchTokens: number;
  /** Prompt tokens to read at most while nobody is writing, so that an abort stays quick. */
  readonly aloneTokens: number;
  /** The same while somebody is writing, whose words must keep coming. */
  readonly besideTokens: number;
}

export interface PlannedShare {
  readonly index: number;
  readonly tokens: number;
}

const rank: Readonly<Record<EnginePriority, number>> = { person: 0, api: 1, background: 2 };
/** Background work writes in one of this many steps while others are at work. */
const patienceSteps = 4;
/** Having waited this long counts as much as being of the next higher priority. */
const promotionSteps = 8;

/**
 * Which streams take part in the next calculation, and with how many tokens. Everyone who writes takes part; background
 * work only now and then while others are at work. Reading goes to the highest priority, there to the shortest rest, and
 * who waits moves up until it is first, so that nobody starves.
 */
export function planStep(streams: readonly StreamState[], limits: StepLimits): PlannedShare[] {
  const entries = streams
    .map((stream, index) => ({ ...stream, index }))
    .filter(({ pendingTokens }) => pendingTokens > 0);
  const busy = entries.some(({ priority }) => priority !== 'background');
  const waits = ({ priority, waitedSteps }: StreamState): boolean =>
    busy && priority === 'background' && waitedSteps < patienceSteps;
  const turn = entries.filter((stream) => !waits(stream));

  const writing = turn.filter(({ pendingTokens }) => pendingTokens === 1).slice(0, limits.batchTokens);
  const shares: PlannedShare[] = writing.map(({ index }) => ({ index, tokens: 1 }));
  let room = Math.min(
    limits.batchTokens - shares.length,
    Math.max(1, writing.length > 0 ? limits.besideTokens : limits.aloneTokens),
  );
  for (const { index, pendingTokens } of turn.filter((stream) => stream.pendingTokens > 1).toSorted(byUrgency)) {
    const tokens = Math.min(room, pendingTokens);
    if (tokens <= 0) break;
    shares.push({ index, tokens });
    room -= tokens;
  }
  return shares;
}

function byUrgency(a: StreamState, b: StreamState): number {
  return urgency(a) - urgency(b) || b.waitedSteps - a.waitedSteps || a.pendingTokens - b.pendingTokens;
}

/** Less is sooner; it falls without end while a stream waits. */
function urgency({ priority, waitedSteps }: StreamState): number {
  return rank[priority] - Math.floor(waitedSteps / promotionSteps);
}
