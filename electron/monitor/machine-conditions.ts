import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import type { MachineConditions, MemoryReading } from '../ports.ts';
import {
  powerFromPmset,
  powerFromSupplies,
  pressureFromLevel,
  pressureFromStalls,
  pressureOfMemory,
  thermalFromSpeedLimit,
  thermalFromZones,
  worsePressure,
  type PowerSupply,
  type ThermalZone,
} from './condition-reports.ts';

const run = promisify(execFile);

/** How long a program of macOS may take to say how the machine is. */
const programTimeoutMs = 2_000;

/** Reads the state of this machine from plain Node; what it does not tell counts as fine. */
export function createConditionsReader(
  platform: NodeJS.Platform,
  memory: () => MemoryReading,
): () => Promise<MachineConditions> {
  return async () => {
    const reading = memory();
    const { availableBytes } = reading;
    const fromMemory = pressureOfMemory(reading);
    if (platform === 'darwin') {
      const [pressure, thermal, power] = await Promise.all([
        macMemoryPressure(),
        ask('/usr/bin/pmset', ['-g', 'therm']).then(thermalFromSpeedLimit),
        macPower(),
      ]);
      return { availableBytes, pressure: worsePressure(pressure, fromMemory), thermal, ...power };
    }
    const [stalls, zones, supplies] = await Promise.all([
      tryRead('/proc/pressure/memory'),
      readZones('/sys/class/thermal'),
      readSupplies('/sys/class/power_supply'),
    ]);
    return {
      availableBytes,
      pressure: worsePressure(pressureFromStalls(stalls), fromMemory),
      thermal: thermalFromZones(zones),
      ...powerFromSupplies(supplies),
    };
  };
}

async function macMemoryPressure(): Promise<MachineConditions['pressure']> {
  return pressureFromLevel(await ask('/usr/sbin/sysctl', ['-n', 'kern.memorystatus_vm_pressure_level']));
}

async function macPower(): Promise<Pick<MachineConditions, 'onBattery' | 'lowPower'>> {
  const [battery, settings] = await Promise.all([ask('/usr/bin/pmset', ['-g', 'batt']), ask('/usr/bin/pmset', ['-g'])]);
  return powerFromPmset(battery, settings);
}

/** Empty when it cannot be asked: a machine that says nothing has nothing to complain about. */
async function ask(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, args, { encoding: 'utf8', timeout: programTimeoutMs })).stdout;
  } catch {
    return '';
  }
}

async function tryRead(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}

async function tryList(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}

async function readZones(folder: string): Promise<ThermalZone[]> {
  const names = (await tryList(folder)).filter((name) => name.startsWith('thermal_zone'));
  return await Promise.all(
    names.map(async (name) => {
      const zone = path.join(folder, name);
      const points = (await tryList(zone)).flatMap((file) => /^trip_point_(\d+)_temp$/.exec(file)?.[1] ?? []);
      const tripPoints = points.map(async (point) => ({
        type: (await tryRead(path.join(zone, `trip_point_${point}_type`))).trim(),
        temperature: Number(await tryRead(path.join(zone, `trip_point_${point}_temp`))),
      }));
      return { temperature: Number(await tryRead(path.join(zone, 'temp'))), tripPoints: await Promise.all(tripPoints) };
    }),
  );
}

async function readSupplies(folder: string): Promise<PowerSupply[]> {
  return await Promise.all(
    (await tryList(folder)).map(async (name) => {
      const value = async (key: string) => (await tryRead(path.join(folder, name, key))).trim();
      const [type, online, status, capacity, scope] = await Promise.all(
        ['type', 'online', 'status', 'capacity', 'scope'].map(value),
      );
      return {
        type: type ?? '',
        online: online ?? '',
        status: status ?? '',
        capacity: capacity ?? '',
        scope: scope ?? '',
      };
    }),
  );
}
