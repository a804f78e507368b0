import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planResidency } from '../../electron/engine/residency.ts';
import { chooseContext, contextChoices, estimateMemoryNeed, leastMemoryBytes } from '../../shared/model/memory-need.ts';

const gigabyte = 1e9;
const model = { weightsBytes: 4.7 * gigabyte, kvBytesPerToken: 128 * 1024, trainedContextTokens: 131_072 };
const idle = (modelId: string, lastUsedMs: number, memoryBytes = 5 * gigabyte) => ({
  modelId,
  memoryBytes,
  lastUsedMs,
  idle: true,
});

test('a model alone gets the largest context that fits', () => {
  expect(planResidency(model, 64 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 8192, sequences: 4 });
  expect(planResidency(model, 7.5 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 8192, sequences: 2 });
  expect(planResidency(model, 5.5 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 2048, sequences: 2 });
});

test('never more context than a model was trained with', () => {
  expect(contextChoices(3000)).toEqual([3000, 2048, 1024, 512]);
  expect(contextChoices(4096)).toEqual([4096, 2048, 1024, 512]);
  expect(contextChoices(131_072)[0]).toBe(8192);
  expect(contextChoices(100)).toEqual([100]);
});

test('what is in memory stays when there is room beside it', () => {
  expect(planResidency(model, 10 * gigabyte, [idle('a', 1)])).toMatchObject({ kind: 'load', contextTokens: 8192 });
});

test('the model that was not used for longest leaves first, and one that is working never', () => {
  const residents = [idle('newer', 2), idle('older', 1), { ...idle('working', 0), idle: false }];
  expect(planResidency(model, 1 * gigabyte, residents)).toEqual({ kind: 'evict', modelId: 'older' });
  expect(planResidency(model, 1 * gigabyte, [{ ...idle('working', 0), idle: false }])).toEqual({
    kind: 'refuse',
    neededBytes: leastMemoryBytes(model),
    freeBytes: 1 * gigabyte,
  });
});

test('an idle model leaves rather than leave another one a context too small to work with', () => {
  expect(planResidency(model, 5.5 * gigabyte, [idle('a', 1)])).toEqual({ kind: 'evict', modelId: 'a' });
});

test('nobody leaves in vain', () => {
  expect(planResidency(model, 1 * gigabyte, [idle('small', 1, 1 * gigabyte)])).toEqual({
    kind: 'refuse',
    neededBytes: leastMemoryBytes(model),
    freeBytes: 2 * gigabyte,
  });
  expect(planResidency(model, 5.5 * gigabyte, [idle('tiny', 1, 1000)])).toMatchObject({ kind: 'load' });
});

const anyModel = fc.record({
  weightsBytes: fc.nat(40 * gigabyte),
  kvBytesPerToken: fc.nat(1_000_000),
  trainedContextTokens: fc.integer({ min: 1, max: 1_000_000 }),
});

test('a plan never exceeds what it was given, and planning again after each eviction comes to an end', () => {
  const resident = fc.record({
    modelId: fc.uuid(),
    memoryBytes: fc.nat(8 * gigabyte),
    lastUsedMs: fc.nat(),
    idle: fc.boolean(),
  });
  fc.assert(
    fc.property(
      anyModel,
      fc.nat(64 * gigabyte),
      fc.uniqueArray(resident, { maxLength: 5, selector: (each) => each.modelId }),
      (wanted, available, all) => {
        let residents = all;
        let availableBytes = available;
        for (;;) {
          const plan = planResidency(wanted, availableBytes, residents);
          if (plan.kind === 'refuse') {
            expect(plan.neededBytes).toBeGreaterThan(plan.freeBytes);
            break;
          }
          if (plan.kind === 'load') {
            expect(plan.neededBytes).toBeLessThanOrEqual(availableBytes);
            expect(plan.contextTokens).toBeLessThanOrEqual(wanted.trainedContextTokens);
            expect(plan.neededBytes).toBe(estimateMemoryNeed({ ...wanted, ...plan }).totalBytes);
            break;
          }
          const leaving = residents.find((each) => each.modelId === plan.modelId);
          expect(leaving?.idle).toBe(true);
          availableBytes += leaving?.memoryBytes ?? 0;
          residents = residents.filter((each) => each !== leaving);
        }
      },
    ),
  );
});

test('more memory never means a smaller context', () => {
  fc.assert(
    fc.property(anyModel, fc.nat(64 * gigabyte), fc.nat(64 * gigabyte), (wanted, one, two) => {
      const less = chooseContext(wanted, Math.min(one, two))?.contextTokens ?? 0;
      const more = chooseContext(wanted, Math.max(one, two))?.contextTokens ?? 0;
      expect(more).toBeGreaterThanOrEqual(less);
    }),
  );
});
