import type { MachineConditions, MemoryPressure } from '../ports.ts';

type Thermal = MachineConditions['thermal'];

const order: readonly MemoryPressure[] = ['none', 'warn', 'critical'];

/** The worse of two. */
export function worsePressure(one: MemoryPressure, two: MemoryPressure): MemoryPressure {
  return order.indexOf(one) >= order.indexOf(two) ? one : two;
}

/** What is left of all memory, when it is so little that the machine would soon have to swap or to kill. */
export function pressureOfMemory({
  totalBytes,
  availableBytes,
}: {
  readonly totalBytes: number;
  readonly availableBytes: number;
}): MemoryPressure {
  if (availableBytes < totalBytes * 0.03) return 'critical';
  return availableBytes < totalBytes * 0.08 ? 'warn' : 'none';
}

/**
 * From `/proc/pressure/memory`: shares of the last ten seconds in which some or all of the work had to wait for memory.
 * https://docs.kernel.org/accounting/psi.html
 */
export function pressureFromStalls(report: string): MemoryPressure {
  const share = (who: string) => Number(new RegExp(`^${who} avg10=([\\d.]+)`, 'm').exec(report)?.[1] ?? 0);
  if (share('full') >= 10) return 'critical';
  return share('some') >= 10 ? 'warn' : 'none';
}

/** From `sysctl -n kern.memorystatus_vm_pressure_level`: 1 is normal, 2 a warning, 4 critical. */
export function pressureFromLevel(report: string): MemoryPressure {
  const level = report.trim();
  return level === '4' ? 'critical' : level === '2' ? 'warn' : 'none';
}

export interface ThermalZone {
  /** Thousandths of a degree, as in `/sys/class/thermal/thermal_zone*`. */
  readonly temperature: number;
  readonly tripPoints: readonly { readonly type: string; readonly temperature: number }[];
}

/** How near the hottest zone is to the temperatures at which the system slows down or switches off. */
export function thermalFromZones(zones: readonly ThermalZone[]): Thermal {
  const levels: readonly Thermal[] = ['nominal', 'fair', 'serious', 'critical'];
  const levelOf = ({ temperature, tripPoints }: ThermalZone): number => {
    // Some firmware writes 0 or less for what it does not use.
    const reached = (type: string, margin: number): boolean =>
      tripPoints.some(
        (point) => point.type === type && point.temperature > 0 && temperature >= point.temperature - margin,
      );
    if (reached('critical', 5_000) || reached('hot', 0)) return 3;
    if (reached('passive', 0)) return 2;
    return reached('passive', 10_000) ? 1 : 0;
  };
  return levels[Math.max(0, ...zones.map(levelOf))] ?? 'nominal';
}

/** From `pmset -g therm`: the part of its speed that the processor may use. */
export function thermalFromSpeedLimit(report: string): Thermal {
  const limit = Number(/CPU_Speed_Limit\s*=\s*(\d+)/.exec(report)?.[1] ?? 100);
  if (limit < 40) return 'critical';
  if (limit < 70) return 'serious';
  return limit < 100 ? 'fair' : 'nominal';
}

export type Power = Pick<MachineConditions, 'onBattery' | 'lowPower'>;

/** Below this part of its charge a battery is nearly empty. */
const lowShare = 0.2;

export interface PowerSupply {
  /** As in `/sys/class/power_supply/*`. */
  readonly type: string;
  readonly online: string;
  readonly status: string;
  readonly capacity: string;
  /** Such as `Device` for a wireless mouse, whose battery is nobody's concern here. */
  readonly scope: string;
}

export function powerFromSupplies(supplies: readonly PowerSupply[]): Power {
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  const plugged = supplies.some(({ type, online }) => type !== 'Battery' && online === '1');
  const discharging = batteries.filter(({ status }) => status === 'Discharging');
  const onBattery = discharging.length > 0 && !plugged;
  const lowest = Math.min(...discharging.map(({ capacity }) => (capacity === '' ? 100 : Number(capacity))));
  return { onBattery, lowPower: onBattery && lowest <= lowShare * 100 };
}

/** From `pmset -g batt` and `pmset -g`. */
export function powerFromPmset(battery: string, settings: string): Power {
  const onBattery = battery.includes("'Battery Power'");
  const percent = Number(/(\d+)%/.exec(battery)?.[1] ?? 100);
  const saves = /^\s*lowpowermode\s+1\s*$/m.test(settings);
  return { onBattery, lowPower: saves || (onBattery && percent <= lowShare * 100) };
}
