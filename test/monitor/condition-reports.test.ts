import { describe, expect, test } from 'vitest';
import {
  powerFromPmset,
  powerFromSupplies,
  pressureFromLevel,
  pressureFromStalls,
  pressureOfMemory,
  thermalFromSpeedLimit,
  thermalFromZones,
  worsePressure,
} from '../../electron/monitor/condition-reports.ts';
import { createConditionsReader } from '../../electron/monitor/machine-conditions.ts';

describe('memory pressure', () => {
  test('is read from the stalls that Linux counts', () => {
    const stalls = (some: string, full: string) =>
      `some avg10=${some} avg60=0.00 avg300=0.00 total=0\nfull avg10=${full} avg60=0.00 avg300=0.00 total=0\n`;
    expect(pressureFromStalls(stalls('0.00', '0.00'))).toBe('none');
    expect(pressureFromStalls(stalls('12.40', '3.00'))).toBe('warn');
    expect(pressureFromStalls(stalls('40.00', '22.00'))).toBe('critical');
    expect(pressureFromStalls('')).toBe('none');
  });

  test('is the level that macOS tells', () => {
    expect(['1\n', '2\n', '4\n', ''].map(pressureFromLevel)).toEqual(['none', 'warn', 'critical', 'none']);
  });

  test('is also what is left of all memory', () => {
    const left = (availableBytes: number) => pressureOfMemory({ totalBytes: 16e9, availableBytes });
    expect([8e9, 1e9, 0.2e9].map(left)).toEqual(['none', 'warn', 'critical']);
    expect(worsePressure('warn', 'none')).toBe('warn');
    expect(worsePressure('warn', 'critical')).toBe('critical');
  });
});

describe('heat', () => {
  const zone = (temperature: number) => ({
    temperature,
    tripPoints: [
      { type: 'passive', temperature: 85_000 },
      { type: 'critical', temperature: 105_000 },
      { type: 'hot', temperature: 0 },
    ],
  });

  test('is how near the hottest zone is to what the system does against it', () => {
    const levels = [40_000, 76_000, 85_000, 101_000].map((each) => thermalFromZones([zone(30_000), zone(each)]));
    expect(levels).toEqual(['nominal', 'fair', 'serious', 'critical']);
    expect(thermalFromZones([])).toBe('nominal');
    expect(thermalFromZones([{ temperature: NaN, tripPoints: [{ type: 'passive', temperature: 85_000 }] }])).toBe(
      'nominal',
    );
  });

  test('is how far macOS slows the processor down', () => {
    const levels = [100, 90, 60, 20].map((limit) => thermalFromSpeedLimit(`CPU_Speed_Limit \t= ${limit}\n`));
    expect(levels).toEqual(['nominal', 'fair', 'serious', 'critical']);
    expect(thermalFromSpeedLimit('Note: No thermal warning level has been recorded\n')).toBe('nominal');
  });
});

describe('power', () => {
  const mains = { type: 'Mains', online: '0', status: '', capacity: '', scope: '' };
  const battery = { type: 'Battery', online: '', status: 'Discharging', capacity: '15', scope: '' };

  test('is low when the battery that feeds the machine is nearly empty', () => {
    expect(powerFromSupplies([mains, battery])).toEqual({ onBattery: true, lowPower: true });
    expect(powerFromSupplies([mains, { ...battery, capacity: '60' }])).toEqual({ onBattery: true, lowPower: false });
    expect(powerFromSupplies([{ ...mains, online: '1' }, battery])).toEqual({ onBattery: false, lowPower: false });
    expect(powerFromSupplies([{ ...battery, scope: 'Device' }])).toEqual({ onBattery: false, lowPower: false });
    expect(powerFromSupplies([])).toEqual({ onBattery: false, lowPower: false });
  });

  test('is what pmset says on a Mac', () => {
    const on = (source: string, percent: number) =>
      `Now drawing from '${source}'\n -InternalBattery-0 (id=1)\t${percent}%; discharging\n`;
    expect(powerFromPmset(on('Battery Power', 12), '')).toEqual({ onBattery: true, lowPower: true });
    expect(powerFromPmset(on('Battery Power', 80), ' lowpowermode         1\n')).toEqual({
      onBattery: true,
      lowPower: true,
    });
    expect(powerFromPmset(on('AC Power', 12), ' lowpowermode         0\n')).toEqual({
      onBattery: false,
      lowPower: false,
    });
    expect(powerFromPmset('', '')).toEqual({ onBattery: false, lowPower: false });
  });
});

test('this machine tells something that makes sense', async () => {
  const memory = { totalBytes: 16e9, availableBytes: 8e9 };
  const conditions = await createConditionsReader(process.platform, () => memory)();
  expect(conditions.availableBytes).toBe(8e9);
  expect(['none', 'warn', 'critical']).toContain(conditions.pressure);
  expect(['nominal', 'fair', 'serious', 'critical']).toContain(conditions.thermal);
  expect(typeof conditions.onBattery).toBe('boolean');
});
