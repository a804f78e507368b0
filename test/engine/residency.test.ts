import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comfortableContextTokens,
  planIdle,
  planResidency,
  type LoadPurpose,
  type ResidencyPlan,
  type ResidentUse,
} from '../../electron/engine/residency.ts';
import type { MemoryPressure } from '../../electron/ports.ts';
import { kvShare, type KvType } from '../../shared/model/model-options.ts';
import {
  chooseContext,
  contextChoices,
  estimateMemoryNeed,
  leastMemoryBytes,
  reachableContext,
  type ModelSize,
} from '../../shared/model/memory-need.ts';

const gigabyte = 1e9;
const model = { weightsBytes: 4.7 * gigabyte, kvBytesPerToken: 128 * 1024, trainedContextTokens: 131_072 };
const idle = (modelId: string, lastUsedMs: number, memoryBytes = 5 * gigabyte): ResidentUse => ({
  modelId,
  memoryBytes,
  lastUsedMs,
  idle: true,
});
const plan = (availableBytes: number, residents: readonly ResidentUse[], purpose: LoadPurpose = 'now') =>
  planResidency({ model, availableBytes, residents, purpose });

test('a model alone gets the largest context that fits, and more room side by side where that costs little', () => {
  expect(plan(64 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 8192, sequences: 8 });
  expect(plan(20 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 8192, sequences: 4 });
  expect(plan(6.5 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 8192, sequences: 2 });
  expect(plan(5.3 * gigabyte, [])).toMatchObject({ kind: 'load', contextTokens: 2048, sequences: 2 });
});

test('the smaller the entries of its memory, the longer the context that fits', () => {
  const longest = (kvType: KvType) =>
    chooseContext({ ...model, kvBytesPerToken: model.kvBytesPerToken * kvShare(kvType) }, 5.4e9)?.contextTokens;
  expect([longest('f16'), longest('q8_0'), longest('q4_0')]).toEqual([2048, 6144, 8192]);
});

test('a model that guesses ahead is counted, with a context as long as the one it guesses for', () => {
  const draft = { weightsBytes: 0.4 * gigabyte, kvBytesPerToken: 12 * 1024, vocabularyTokens: 1000 };
  const request = { ...model, contextTokens: 4096, sequences: 4 };
  const [alone, together] = [estimateMemoryNeed(request), estimateMemoryNeed({ ...request, draft })];
  expect(alone.draftBytes).toBe(0);
  expect(together.draftBytes).toBeGreaterThan(draft.weightsBytes + draft.kvBytesPerToken * 4096);
  expect(together.totalBytes).toBe(alone.totalBytes + together.draftBytes);
  const budget = estimateMemoryNeed({ ...model, contextTokens: 8192, sequences: 2 }).totalBytes;
  expect(chooseContext(model, budget)?.contextTokens).toBe(8192);
  expect(chooseContext({ ...model, draft }, budget)?.contextTokens).toBeLessThan(8192);
});

describe('a context that nobody has set', () => {
  const small = { weightsBytes: 0.4 * gigabyte, kvBytesPerToken: 12 * 1024, trainedContextTokens: 32_768 };
  const middle = { weightsBytes: 1 * gigabyte, kvBytesPerToken: 28 * 1024, trainedContextTokens: 131_072 };

  // What a model is loaded with, and what a conversation may come to.
  test.for([
    ['0.5B', small, 2, 8192, 32_768],
    ['0.5B', small, 8, 8192, 32_768],
    ['0.5B', small, 10, 12_288, 32_768],
    ['0.5B', small, 16, 16_384, 32_768],
    ['0.5B', small, 32, 32_768, 32_768],
    ['0.5B', small, 7, 8192, 32_768],
    ['1.5B', middle, 4, 8192, 32_768],
    ['1.5B', middle, 7, 8192, 32_768],
    ['1.5B', middle, 16, 8192, 32_768],
    ['1.5B', middle, 32, 16_384, 32_768],
    ['7B', model, 6.5, 8192, 8192],
    ['7B', model, 7, 8192, 12_288],
    ['7B', model, 12, 8192, 16_384],
    ['7B', model, 16, 8192, 24_576],
    ['7B', model, 32, 8192, 32_768],
    ['7B', model, 24, 8192, 32_768],
    ['7B', model, 64, 8192, 32_768],
    ['7B', model, 5.3, 2048, 2048],
  ] as const)('is as in this table: %s, %o, GB %d', ([, wanted, gigabytes, atFirst, reachable]) => {
    expect(chooseContext(wanted, gigabytes * gigabyte)?.contextTokens).toBe(atFirst);
    expect(reachableContext(wanted, gigabytes * gigabyte)).toBe(reachable);
  });

  test('is the smallest that is enough for a conversation that needs more', () => {
    expect(chooseContext({ ...middle, leastContextTokens: 9000 }, 16 * gigabyte)?.contextTokens).toBe(12_288);
    expect(chooseContext({ ...middle, leastContextTokens: 40_000 }, 16 * gigabyte)?.contextTokens).toBe(49_152);
    expect(chooseContext({ ...small, leastContextTokens: 32_768 }, 16 * gigabyte)?.contextTokens).toBe(32_768);
    expect(chooseContext({ ...middle, leastContextTokens: 131_000 }, 4 * gigabyte)).toBeUndefined();
    expect(chooseContext({ ...small, leastContextTokens: 32_769 }, 64 * gigabyte)).toBeUndefined();
  });

  test('is never less reachable with more memory, nor more than what can be loaded', () => {
    fc.assert(
      fc.property(anyModel, fc.nat(64 * gigabyte), fc.nat(64 * gigabyte), (wanted, one, two) => {
        const less = reachableContext(wanted, Math.min(one, two)) ?? 0;
        expect(reachableContext(wanted, Math.max(one, two)) ?? 0).toBeGreaterThanOrEqual(less);
        if (less === 0) return;
        expect(less).toBeLessThanOrEqual(wanted.trainedContextTokens);
        const chosen = chooseContext({ ...wanted, leastContextTokens: less }, Math.min(one, two));
        expect(chosen?.contextTokens).toBe(less);
      }),
    );
  });
});

describe('a model with layers that look back over a window', () => {
  // Five of six layers: 40 KiB for each token, all in all 48.
  const sliding = { ...model, kvBytesPerToken: 48 * 1024, window: { tokens: 1024, kvBytesPerToken: 40 * 1024 } };
  const request = { ...sliding, contextTokens: 8192, sequences: 2 };

  test('keeps all of it while there is room, and no more than the window before its context gets shorter', () => {
    const [all, least] = [estimateMemoryNeed(request), estimateMemoryNeed({ ...request, windowed: true })];
    // Of six conversations a window each, and what is being calculated: 6,656 cells instead of 8,192.
    expect(all.kvBytes - least.kvBytes).toBe((8192 - 6656) * 40 * 1024);
    expect(chooseContext(sliding, all.totalBytes)).toMatchObject({ contextTokens: 8192 });
    expect(chooseContext(sliding, all.totalBytes)?.windowed).toBeUndefined();
    expect(chooseContext(sliding, all.totalBytes - 1)).toEqual({
      contextTokens: 8192,
      sequences: 2,
      windowed: true,
      neededBytes: least.totalBytes,
    });
    expect(chooseContext(sliding, least.totalBytes - 1)?.contextTokens).toBeLessThan(8192);
  });

  test('saves nothing where its window is as long as the context', () => {
    const wide = { ...request, window: { tokens: 4096, kvBytesPerToken: 40 * 1024 } };
    expect(estimateMemoryNeed({ ...wide, windowed: true })).toEqual(estimateMemoryNeed(wide));
  });

  test('never needs more windowed than whole, and the least it needs is enough', () => {
    const anyWindow = fc.record({
      tokens: fc.integer({ min: 1, max: 10_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(anyWindow, fc.integer({ min: 512, max: 100_000 }), ({ tokens, share }, contextTokens) => {
        const window = { tokens, kvBytesPerToken: Math.floor(48 * 1024 * share) };
        const any = { ...sliding, window, contextTokens, sequences: 4 };
        expect(estimateMemoryNeed({ ...any, windowed: true }).totalBytes).toBeLessThanOrEqual(
          estimateMemoryNeed(any).totalBytes,
        );
        expect(chooseContext({ ...sliding, window }, leastMemoryBytes({ ...sliding, window }))).toBeDefined();
      }),
    );
  });
});

test('a size that is wanted is kept to', () => {
  expect(
    planResidency({ model: { ...model, contextTokens: 512 }, availableBytes: 64e9, residents: [], purpose: 'now' }),
  ).toMatchObject({ kind: 'load', contextTokens: 512 });
});

test('never more context than a model was trained with', () => {
  expect(contextChoices(3000)).toEqual([3000, 2048, 1024, 512]);
  expect(contextChoices(4096)).toEqual([4096, 2048, 1024, 512]);
  expect(contextChoices(131_072)[0]).toBe(8192);
  expect(contextChoices(100)).toEqual([100]);
});

describe('what is in memory', () => {
  test('stays when there is room beside it', () => {
    expect(plan(10 * gigabyte, [idle('a', 1)])).toMatchObject({ kind: 'load', contextTokens: 8192 });
  });

  test('leaves in the order of its last use, and never while it is working', () => {
    const residents = [idle('newer', 2), idle('older', 1), { ...idle('working', 0), idle: false }];
    expect(plan(1 * gigabyte, residents)).toEqual({ kind: 'evict', modelId: 'older' });
    expect(plan(1 * gigabyte, [{ ...idle('working', 0), idle: false }])).toEqual({
      kind: 'refuse',
      neededBytes: leastMemoryBytes(model),
      freeBytes: 1 * gigabyte,
    });
  });

  test('leaves rather than leave another one a context too small to work with', () => {
    expect(plan(5.3 * gigabyte, [idle('a', 1)])).toEqual({ kind: 'evict', modelId: 'a' });
  });

  test('stays when a load that nobody waits for would need its place', () => {
    expect(plan(1 * gigabyte, [idle('a', 1)], 'ahead')).toMatchObject({ kind: 'refuse', freeBytes: 1 * gigabyte });
    expect(plan(5.3 * gigabyte, [idle('a', 1)], 'ahead')).toMatchObject({ kind: 'refuse' });
    expect(plan(10 * gigabyte, [idle('a', 1)], 'ahead')).toMatchObject({ kind: 'load' });
  });

  test('stays when it is pinned, unless the other could not be loaded at all', () => {
    const pinned = { ...idle('pinned', 1), pinned: true };
    expect(plan(5.3 * gigabyte, [pinned])).toMatchObject({ kind: 'load', contextTokens: 2048 });
    expect(plan(5.3 * gigabyte, [pinned, idle('loose', 2)])).toEqual({ kind: 'evict', modelId: 'loose' });
    expect(plan(1 * gigabyte, [pinned, idle('loose', 2, 1 * gigabyte)])).toEqual({ kind: 'evict', modelId: 'loose' });
    expect(plan(1 * gigabyte, [pinned])).toEqual({ kind: 'evict', modelId: 'pinned' });
  });

  test('does not leave in vain', () => {
    expect(plan(1 * gigabyte, [idle('small', 1, 1 * gigabyte)])).toEqual({
      kind: 'refuse',
      neededBytes: leastMemoryBytes(model),
      freeBytes: 2 * gigabyte,
    });
    expect(plan(5.3 * gigabyte, [idle('tiny', 1, 1000)])).toMatchObject({ kind: 'load' });
  });
});

test('the shorter memory is, the less of what is left is taken', () => {
  const under = (pressure: MemoryPressure, purpose: LoadPurpose) =>
    planResidency({ model, availableBytes: 7 * gigabyte, residents: [], pressure, purpose });
  expect(under('warn', 'now')).toMatchObject({ kind: 'load', contextTokens: 8192 });
  expect(under('critical', 'now')).toMatchObject({ kind: 'load', contextTokens: 2048 });
  expect(under('warn', 'ahead')).toMatchObject({ kind: 'load' });
  expect(under('critical', 'ahead')).toMatchObject({ kind: 'refuse' });
});

const anyModel = fc.record({
  weightsBytes: fc.nat(40 * gigabyte),
  kvBytesPerToken: fc.nat(1_000_000),
  trainedContextTokens: fc.integer({ min: 1, max: 1_000_000 }),
});
const anyResidents = fc.uniqueArray(
  fc.record({
    modelId: fc.uuid(),
    memoryBytes: fc.nat(8 * gigabyte),
    lastUsedMs: fc.nat(),
    idle: fc.boolean(),
    pinned: fc.boolean(),
  }),
  { maxLength: 5, selector: (each) => each.modelId },
);
const anyPurpose = fc.constantFrom<LoadPurpose>('now', 'ahead');
const anyPressure = fc.constantFrom<MemoryPressure>('none', 'warn', 'critical');

interface Outcome {
  readonly plan: Exclude<ResidencyPlan, { kind: 'evict' }>;
  readonly availableBytes: number;
  readonly evicted: readonly ResidentUse[];
  readonly left: readonly ResidentUse[];
}

/** Plans until there is nothing more to evict; each step must take one away. */
function carryOut(
  wanted: ModelSize,
  given: { available: number; all: readonly ResidentUse[]; pressure: MemoryPressure; purpose: LoadPurpose },
): Outcome {
  let left = given.all;
  let availableBytes = given.available;
  const evicted: ResidentUse[] = [];
  for (let step = 0; step <= given.all.length; step += 1) {
    const { pressure, purpose } = given;
    const next = planResidency({ model: wanted, availableBytes, residents: left, pressure, purpose });
    if (next.kind !== 'evict') return { plan: next, availableBytes, evicted, left };
    const leaving = left.find((each) => each.modelId === next.modelId);
    if (!leaving) throw new Error('It wants to evict what is not there.');
    evicted.push(leaving);
    availableBytes += leaving.memoryBytes;
    left = left.filter((each) => each !== leaving);
  }
  throw new Error('It goes on evicting.');
}

describe('whatever there is', () => {
  const anything = fc.record({
    available: fc.nat(64 * gigabyte),
    all: anyResidents,
    pressure: anyPressure,
    purpose: anyPurpose,
  });

  test('a plan never exceeds what it was given, and planning again after each eviction comes to an end', () => {
    fc.assert(
      fc.property(anyModel, anything, (wanted, given) => {
        const { plan: last, availableBytes } = carryOut(wanted, given);
        if (last.kind === 'refuse') {
          if (given.purpose === 'now') expect(last.neededBytes).toBeGreaterThan(last.freeBytes);
          return;
        }
        expect(last.neededBytes).toBeLessThanOrEqual(availableBytes);
        expect(last.contextTokens).toBeLessThanOrEqual(wanted.trainedContextTokens);
        expect(last.neededBytes).toBe(estimateMemoryNeed({ ...wanted, ...last }).totalBytes);
      }),
    );
  });

  test('only idle models leave, those that are not pinned first, the least recently used before others', () => {
    fc.assert(
      fc.property(anyModel, anything, (wanted, given) => {
        const { evicted, left } = carryOut(wanted, given);
        expect(evicted.every((each) => each.idle)).toBe(true);
        if (given.purpose === 'ahead') expect(evicted).toEqual([]);
        const rank = ({ pinned = false, lastUsedMs }: ResidentUse) => Number(pinned) * 2 ** 40 + lastUsedMs;
        const ranks = evicted.map(rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const stayed = left.filter((each) => each.idle).map(rank);
        expect(Math.max(...ranks, -1)).toBeLessThanOrEqual(Math.min(...stayed, Infinity));
      }),
    );
  });

  test('a pinned model leaves only when there is no other way', () => {
    fc.assert(
      fc.property(anyModel, anything, (wanted, given) => {
        const { evicted } = carryOut(wanted, given);
        if (!evicted.some(({ pinned }) => pinned)) return;
        const without = carryOut(wanted, {
          ...given,
          all: given.all.filter(({ pinned, idle: free }) => !pinned || !free),
        });
        expect(without.plan.kind).toBe('refuse');
      }),
    );
  });

  test('more free memory never means a refusal or a context that is less comfortable', () => {
    fc.assert(
      fc.property(anyModel, anything, fc.nat(64 * gigabyte), (wanted, given, more) => {
        const less = carryOut(wanted, given);
        const richer = carryOut(wanted, { ...given, available: given.available + more });
        if (less.plan.kind === 'refuse') return;
        if (richer.plan.kind === 'refuse') throw new Error('It is refused with more memory.');
        const comfort = Math.min(less.plan.contextTokens, comfortableContextTokens);
        expect(richer.plan.contextTokens).toBeGreaterThanOrEqual(comfort);
      }),
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
});

describe('a model that nobody uses', () => {
  const minute = 60_000;
  const residents: ResidentUse[] = [
    idle('chosen', 0),
    idle('other', 2 * minute),
    { ...idle('pinned', 0), pinned: true },
    { ...idle('working', 0), idle: false },
  ];
  const keeping = { pinnedIds: ['pinned'], chosenId: 'chosen', idleUnloadMs: 10 * minute };

  test('leaves after its time, but not the chosen, a pinned or a working one', () => {
    expect(planIdle(residents, keeping, 'none', 5 * minute)).toEqual({ leaving: [], nextMs: 12 * minute });
    expect(planIdle(residents, keeping, 'none', 12 * minute)).toEqual({ leaving: ['other'], nextMs: undefined });
  });

  test('leaves after its time even when it is the chosen one, when memory is getting short', () => {
    expect(planIdle(residents, keeping, 'warn', 10 * minute)).toEqual({ leaving: ['chosen'], nextMs: 12 * minute });
  });

  test('leaves at once when memory is critically short', () => {
    expect(planIdle(residents, keeping, 'critical', 1 * minute).leaving).toEqual(['chosen', 'other']);
  });

  test('stays for ever when the person wants it so', () => {
    const never = { ...keeping, idleUnloadMs: null };
    expect(planIdle(residents, never, 'warn', 1000 * minute)).toEqual({ leaving: [], nextMs: undefined });
  });
});
