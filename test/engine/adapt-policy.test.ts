import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calmMs,
  causesOfChange,
  nextStrains,
  noStrains,
  planAdjustment,
  type Strains,
} from '../../electron/engine/adapt-policy.ts';
import type { MachineConditions } from '../../electron/ports.ts';
import { adaptationCauses, adaptationSentence } from '../../shared/model/adaptation.ts';

const well: MachineConditions = {
  availableBytes: 8e9,
  pressure: 'none',
  thermal: 'nominal',
  onBattery: false,
  lowPower: false,
};
const under = (change: Partial<MachineConditions>): Strains => nextStrains(noStrains, { ...well, ...change }, 0);
const adjusted = (change: Partial<MachineConditions>) => {
  const { effort, pressure } = planAdjustment(under(change));
  const { parallel, batchTokens, threadShare, backgroundPaused } = effort;
  return [parallel, batchTokens, threadShare, backgroundPaused, pressure];
};

describe('how hard the engine works', () => {
  test.for<[string, Partial<MachineConditions>, ReturnType<typeof adjusted>]>([
    ['all is well', {}, [8, 512, 1, false, 'none']],
    ['on battery', { onBattery: true }, [8, 512, 1, false, 'none']],
    ['less than 4 GB free', { availableBytes: 3.9e9 }, [2, 512, 1, false, 'none']],
    ['just 4 GB free', { availableBytes: 4e9 }, [8, 512, 1, false, 'none']],
    ['others need memory', { pressure: 'warn' }, [2, 512, 1, false, 'warn']],
    ['memory is nearly used up', { pressure: 'critical' }, [1, 128, 1, true, 'critical']],
    ['warm', { thermal: 'fair' }, [8, 512, 1, false, 'none']],
    ['hot', { thermal: 'serious' }, [8, 128, 0.5, true, 'none']],
    ['very hot', { thermal: 'critical' }, [2, 64, 0.25, true, 'none']],
    ['the battery is low', { onBattery: true, lowPower: true }, [8, 256, 0.5, true, 'none']],
    [
      'hot, tight and low at once',
      { thermal: 'serious', availableBytes: 1e9, lowPower: true },
      [2, 128, 0.5, true, 'none'],
    ],
  ])('%s', ([, change, expected]) => {
    expect(adjusted(change)).toEqual(expected);
  });
});

describe('a change', () => {
  test('for the worse counts at once, one for the better only after it has lasted', () => {
    const hot = nextStrains(noStrains, { ...well, thermal: 'serious' }, 1_000);
    expect(causesOfChange(noStrains, hot)).toEqual(['heatSerious']);
    const cooler = nextStrains(hot, well, 1_000 + calmMs - 1);
    expect(causesOfChange(hot, cooler)).toEqual([]);
    const cool = nextStrains(cooler, well, 1_000 + calmMs);
    expect(causesOfChange(cooler, cool)).toEqual(['heatOver']);
    expect(planAdjustment(cool)).toEqual(planAdjustment(noStrains));
  });

  test('is not made as long as the heat comes back', () => {
    let strains = nextStrains(noStrains, { ...well, thermal: 'serious' }, 0);
    for (let nowMs = 5_000; nowMs < 10 * calmMs; nowMs += 5_000) {
      const thermal = nowMs % 20_000 === 0 ? 'serious' : 'nominal';
      const next = nextStrains(strains, { ...well, thermal }, nowMs);
      expect(causesOfChange(strains, next)).toEqual([]);
      strains = next;
    }
  });

  test('around 4 GB is made only when clearly more is free', () => {
    const tight = nextStrains(noStrains, { ...well, availableBytes: 3.9e9 }, 0);
    const between = nextStrains(tight, { ...well, availableBytes: 4.4e9 }, 2 * calmMs);
    expect(causesOfChange(tight, between)).toEqual([]);
    const roomy = nextStrains(between, { ...well, availableBytes: 4.6e9 }, 3 * calmMs);
    expect(causesOfChange(between, roomy)).toEqual(['memoryRoomy']);
  });

  test('of several things has a cause for each, the most urgent last', () => {
    const all = under({ availableBytes: 1e9, pressure: 'critical', thermal: 'critical', lowPower: true });
    expect(causesOfChange(noStrains, all)).toEqual(['powerLow', 'memoryTight', 'heatCritical', 'pressureCritical']);
  });

  test('from very bad to bad is told too', () => {
    const critical = under({ pressure: 'critical' });
    const warn = nextStrains(critical, { ...well, pressure: 'warn' }, calmMs);
    expect(causesOfChange(critical, warn)).toEqual(['pressureWarn']);
  });
});

const anyConditions = fc.record<MachineConditions>({
  availableBytes: fc.nat(16e9),
  pressure: fc.constantFrom('none', 'warn', 'critical'),
  thermal: fc.constantFrom('nominal', 'fair', 'serious', 'critical'),
  onBattery: fc.boolean(),
  lowPower: fc.boolean(),
});

test('whatever the machine does, nothing gets better twice in the time in which it must be calm', () => {
  fc.assert(
    fc.property(fc.array(anyConditions, { minLength: 2, maxLength: 40 }), (course) => {
      let strains = noStrains;
      let relaxedAtMs = new Map<keyof Strains, number>();
      for (const [index, conditions] of course.entries()) {
        const nowMs = index * 5_000;
        const next = nextStrains(strains, conditions, nowMs);
        for (const name of ['memory', 'pressure', 'heat', 'power'] as const) {
          if (next[name].level >= strains[name].level) continue;
          const before = relaxedAtMs.get(name);
          if (before !== undefined) expect(nowMs - before).toBeGreaterThanOrEqual(calmMs);
          relaxedAtMs = new Map(relaxedAtMs).set(name, nowMs);
        }
        strains = next;
        const { effort } = planAdjustment(strains);
        expect(effort.parallel).toBeGreaterThanOrEqual(1);
        expect(effort.threadShare).toBeGreaterThan(0);
        expect(effort.batchTokens).toBeGreaterThan(0);
      }
    }),
  );
});

test('every cause has a sentence in both languages', () => {
  for (const cause of adaptationCauses) {
    expect(adaptationSentence(cause, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(adaptationSentence(cause, 'zh')).toMatch(/^\P{ASCII}.*。$/u);
  }
});
