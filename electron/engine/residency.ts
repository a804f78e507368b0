import { chooseContext, leastMemoryBytes, type ContextPlan, type ModelSize } from '../../shared/model/memory-need.ts';

export interface ResidentUse {
  readonly modelId: string;
  readonly memoryBytes: number;
  readonly lastUsedMs: number;
  /** Nothing is being written or read with it. */
  readonly idle: boolean;
}

export type ResidencyPlan =
  | ({ kind: 'load' } & ContextPlan)
  /** Evict this one, look at the memory again, and plan again. */
  | { kind: 'evict'; modelId: string }
  | { kind: 'refuse'; neededBytes: number; freeBytes: number };

/** Rather than squeeze a model beside an idle one with a context smaller than this, the idle one goes. */
const comfortableContextTokens = 4096;

/** What to do so that `model` can be loaded while `availableBytes` are free and `residents` are in memory. */
export function planResidency(
  model: ModelSize,
  availableBytes: number,
  residents: readonly ResidentUse[],
): ResidencyPlan {
  const idle = residents.filter((resident) => resident.idle).toSorted((a, b) => a.lastUsedMs - b.lastUsedMs);
  const freeBytes = availableBytes + idle.reduce((sum, resident) => sum + resident.memoryBytes, 0);

  const now = chooseContext(model, availableBytes);
  const comfortable = Math.min(comfortableContextTokens, model.trainedContextTokens);
  if (now && now.contextTokens >= comfortable) return { kind: 'load', ...now };

  const atBest = chooseContext(model, freeBytes);
  const [oldest] = idle;
  if (oldest && atBest && (!now || atBest.contextTokens > now.contextTokens)) {
    return { kind: 'evict', modelId: oldest.modelId };
  }
  if (now) return { kind: 'load', ...now };
  return { kind: 'refuse', neededBytes: leastMemoryBytes(model), freeBytes };
}
