import type { MemoryPressure } from '../ports.ts';
import { chooseContext, leastMemoryBytes, type ContextPlan, type ModelSize } from '../../shared/model/memory-need.ts';

export interface ResidentUse {
  readonly modelId: string;
  readonly memoryBytes: number;
  readonly lastUsedMs: number;
  /** Nothing is being written or read with it. */
  readonly idle: boolean;
  /** The person wants it to stay. */
  readonly pinned?: boolean;
}

export interface ResidencyRequest {
  readonly model: ModelSize;
  readonly availableBytes: number;
  readonly residents: readonly ResidentUse[];
  /** Default: `none`. */
  readonly pressure?: MemoryPressure;
  /** `ahead`: nobody waits for it, so nobody leaves for it. */
  readonly purpose: LoadPurpose;
}

export type LoadPurpose = 'now' | 'ahead';

export type ResidencyPlan =
  | ({ kind: 'load' } & ContextPlan)
  /** Evict this one, look at the memory again, and plan again. */
  | { kind: 'evict'; modelId: string }
  | { kind: 'refuse'; neededBytes: number; freeBytes: number };

/** Rather than squeeze a model beside an idle one with a context smaller than this, the idle one goes. */
export const comfortableContextTokens = 4096;

/** What the system calls available is partly somebody else's; the tighter it gets, the less of it is taken. */
const usableShares: Readonly<Record<MemoryPressure, number>> = { none: 1, warn: 0.9, critical: 0.75 };

/**
 * What to do so that a model can be loaded. Idle models leave in the order of their last use; a pinned one only when the
 * model that a person waits for could not be loaded at all otherwise, and after all that are not pinned.
 */
export function planResidency(request: ResidencyRequest): ResidencyPlan {
  const { model, residents, pressure = 'none', purpose } = request;
  const availableBytes = Math.floor(request.availableBytes * usableShares[pressure]);
  const idle = residents.filter((resident) => resident.idle).toSorted((a, b) => a.lastUsedMs - b.lastUsedMs);
  const loose = idle.filter(({ pinned = false }) => !pinned);
  const pinned = idle.filter(({ pinned: stays = false }) => stays);

  const now = chooseContext(model, availableBytes);
  if (purpose === 'ahead') {
    // A context too small to work with would only have to be made again when the person asks.
    if (now && now.contextTokens >= comfortable(model) && pressure !== 'critical') return { kind: 'load', ...now };
    return { kind: 'refuse', neededBytes: leastMemoryBytes(model), freeBytes: availableBytes };
  }
  if (now && now.contextTokens >= comfortable(model)) return { kind: 'load', ...now };

  const withoutLoose = chooseContext(model, availableBytes + sumOf(loose));
  const [oldest] = loose;
  if (oldest && withoutLoose && (!now || withoutLoose.contextTokens > now.contextTokens)) {
    return { kind: 'evict', modelId: oldest.modelId };
  }
  if (now) return { kind: 'load', ...now };

  const freeBytes = availableBytes + sumOf(idle);
  const first = loose[0] ?? pinned[0];
  if (first && chooseContext(model, freeBytes)) return { kind: 'evict', modelId: first.modelId };
  return { kind: 'refuse', neededBytes: leastMemoryBytes(model), freeBytes };
}

function comfortable({ contextTokens, trainedContextTokens }: ModelSize): number {
  return Math.min(comfortableContextTokens, contextTokens ?? trainedContextTokens);
}

function sumOf(residents: readonly ResidentUse[]): number {
  return residents.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
}

/** What the person wants of the models in memory. */
export interface Keeping {
  readonly pinnedIds: readonly string[];
  /** Answers new messages; it stays while the memory is fine. */
  readonly chosenId: string | null;
  /** Other models leave after this long without work; null means never. */
  readonly idleUnloadMs: number | null;
}

export interface IdlePlan {
  readonly leaving: readonly string[];
  /** When the next one is due, if nothing else happens. */
  readonly nextMs: number | undefined;
}

/** Which models leave because nobody has used them for long, or at once because memory is critically short. */
export function planIdle(
  residents: readonly ResidentUse[],
  keeping: Keeping,
  pressure: MemoryPressure,
  nowMs: number,
): IdlePlan {
  const mayLeave = residents.filter(({ idle, pinned = false }) => idle && !pinned);
  if (pressure === 'critical') return { leaving: mayLeave.map(({ modelId }) => modelId), nextMs: undefined };
  const { idleUnloadMs } = keeping;
  if (idleUnloadMs === null) return { leaving: [], nextMs: undefined };
  const others = mayLeave.filter(({ modelId }) => pressure === 'warn' || modelId !== keeping.chosenId);
  const due = (resident: ResidentUse): number => resident.lastUsedMs + idleUnloadMs;
  const later = others.filter((resident) => due(resident) > nowMs).map(due);
  return {
    leaving: others.filter((resident) => due(resident) <= nowMs).map(({ modelId }) => modelId),
    nextMs: later.length === 0 ? undefined : Math.min(...later),
  };
}
