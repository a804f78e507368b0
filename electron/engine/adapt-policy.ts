import type { AdaptationCause } from '../../shared/model/adaptation.ts';
import type { MachineConditions } from '../ports.ts';
import type { EngineAdjustment } from './engine.ts';

/** How bad something was when it was last that bad. */
interface Strain {
  /** 0 is fine. */
  readonly level: number;
  readonly lastSeenMs: number;
}

/** What the machine was like lately: it gets worse at once and better only after a while. */
export interface Strains {
  readonly memory: Strain;
  readonly pressure: Strain;
  readonly heat: Strain;
  readonly power: Strain;
}

/** Something must have been better for so long before it counts. */
export const calmMs = 30_000;

const tightBytes = 4e9;
/** Memory that is tight counts as roomy again only above this. */
const roomyBytes = 4.5e9;

const fine: Strain = { level: 0, lastSeenMs: -Infinity };
export const noStrains: Strains = { memory: fine, pressure: fine, heat: fine, power: fine };

/** What is to be made of the machine's state now, after what it was before. */
export function nextStrains(before: Strains, now: MachineConditions, nowMs: number): Strains {
  const settle = (strain: Strain, level: number): Strain => {
    const calm = nowMs - strain.lastSeenMs >= calmMs;
    return level >= strain.level || calm ? { level, lastSeenMs: nowMs } : strain;
  };
  const limitBytes = before.memory.level > 0 ? roomyBytes : tightBytes;
  return {
    memory: settle(before.memory, now.availableBytes < limitBytes ? 1 : 0),
    pressure: settle(before.pressure, { none: 0, warn: 1, critical: 2 }[now.pressure]),
    heat: settle(before.heat, { nominal: 0, fair: 0, serious: 1, critical: 2 }[now.thermal]),
    power: settle(before.power, now.lowPower ? 1 : 0),
  };
}

/** How hard the engine may work under them. */
export function planAdjustment({ memory, pressure, heat, power }: Strains): EngineAdjustment {
  const parallel = Math.min(memory.level > 0 ? 2 : 8, pick(pressure.level, [8, 2, 1]), pick(heat.level, [8, 8, 2]));
  const threadShare = Math.min(pick(heat.level, [1, 0.5, 0.25]), pick(power.level, [1, 0.5]));
  const batchTokens = Math.min(
    pick(heat.level, [512, 128, 64]),
    pick(power.level, [512, 256]),
    pick(pressure.level, [512, 512, 128]),
  );
  const backgroundPaused = heat.level > 0 || power.level > 0 || pressure.level > 1;
  return {
    effort: { parallel, batchTokens, threadShare, backgroundPaused },
    pressure: pressure.level > 1 ? 'critical' : pressure.level > 0 ? 'warn' : 'none',
  };
}

/** What has changed between two states, the most important last. */
export function causesOfChange(before: Strains, now: Strains): AdaptationCause[] {
  const changed = (
    name: keyof Strains,
    worse: readonly [AdaptationCause, ...AdaptationCause[]],
    over: AdaptationCause,
  ): AdaptationCause[] => {
    const { level } = now[name];
    if (level === before[name].level) return [];
    return [level === 0 ? over : (worse[level - 1] ?? worse[0])];
  };
  return [
    ...changed('power', ['powerLow'], 'powerBack'),
    ...changed('memory', ['memoryTight'], 'memoryRoomy'),
    ...changed('heat', ['heatSerious', 'heatCritical'], 'heatOver'),
    ...changed('pressure', ['pressureWarn', 'pressureCritical'], 'pressureOver'),
  ];
}

function pick(level: number, values: readonly [number, ...number[]]): number {
  return values[Math.min(level, values.length - 1)] ?? values[0];
}
