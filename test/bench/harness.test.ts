import { expect, it } from 'vitest';

import { formatBenchTable, interleave, keepsGoal, parseBenchFlags, percentile, toBenchLine } from './harness.ts';

it('a result is the median of its rounds, with their range', () => {
  expect(toBenchLine('turn', { metric: 'rss', unit: 'MiB', goal: '<= 150', samples: [30, 10, 20, 40] })).toEqual({
    bench: 'turn',
    metric: 'rss',
    value: 25,
    unit: 'MiB',
    goal: '<= 150',
    rounds: 4,
    min: 10,
    max: 40,
  });
  expect(() => toBenchLine('turn', { metric: 'rss', unit: 'MiB', samples: [] })).toThrow('no samples');
});

it('a percentile lies between its neighbours', () => {
  expect(percentile([1, 2, 3, 4, 5], 50)).toBe(3);
  expect(percentile([10, 20], 95)).toBeCloseTo(19.5);
  expect(percentile([7], 99)).toBe(7);
});

it('variants are taken in turn', async () => {
  const order: string[] = [];
  const variant = (name: string) => async (round: number) => {
    order.push(`${name}${round}`);
    return round;
  };
  const samples = await interleave(2, { a: variant('a'), b: variant('b') });
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1']);
  expect(samples.get('b')).toEqual([0, 1]);
});

it('goals are compared as they are written', () => {
  expect(keepsGoal(30, '<= 30')).toBe(true);
  expect(keepsGoal(31, '<= 30')).toBe(false);
  expect(keepsGoal(0.94, '>= 0.95')).toBe(false);
  expect(keepsGoal(50, '< 50')).toBe(false);
  expect(keepsGoal(0, '0')).toBe(true);
  expect(keepsGoal(1, '')).toBeUndefined();
});

it('flags of the harness and options of a benchmark are told apart', () => {
  const flags = parseBenchFlags(['--json', '--peer', '/llama server', '--rounds=3', '--quick', '--cold']);
  expect(flags.json).toBe(true);
  expect(flags.quick).toBe(true);
  expect([...flags.options]).toEqual([
    ['peer', '/llama server'],
    ['rounds', '3'],
    ['cold', ''],
  ]);
});

it('the table says which goals were kept', () => {
  const lines = [
    toBenchLine('turn', { metric: 'rss', unit: 'MiB', goal: '<= 150', samples: [160] }),
    toBenchLine('turn', { metric: 'deltas', unit: '1/s', goal: '>= 300', samples: [400, 500, 450] }),
  ];
  expect(formatBenchTable(lines).split('\n')).toEqual([
    expect.stringMatching(/^rss +160 MiB +goal <= 150 +missed +one round$/),
    expect.stringMatching(/^deltas +450 1\/s +goal >= 300 +kept +400 to 500 in 3 rounds$/),
  ]);
});
