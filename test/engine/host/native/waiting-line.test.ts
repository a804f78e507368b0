import { expect, test } from 'vitest';
import { createWaitingLine } from '../../../../electron/engine/host/native/waiting-line.ts';

function waiting(priority: 'person' | 'api' | 'background') {
  const told: number[] = [];
  return { priority, told, onAhead: (ahead: number) => void told.push(ahead) };
}

test('goes by priority, then by arrival, and tells everyone how many come before', () => {
  const line = createWaitingLine<ReturnType<typeof waiting>>();
  const [background, api, first, second] = [
    waiting('background'),
    waiting('api'),
    waiting('person'),
    waiting('person'),
  ];
  for (const one of [background, api, first, second]) line.add(one);
  expect(line.first).toBe(first);
  expect([first, second, api, background].map(({ told }) => told.at(-1))).toEqual([0, 1, 2, 3]);
  expect(line.remove(first)).toBe(true);
  expect(line.remove(first)).toBe(false);
  expect([second, api, background].map(({ told }) => told.at(-1))).toEqual([0, 1, 2]);
});
