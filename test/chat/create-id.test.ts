import { expect, test } from 'vitest';

import { createIdSource } from '../../electron/chat/create-id.ts';

test('ids are UUIDs of version 7 that sort in the order they were made, whatever the clock does', () => {
  let nowMs = 1_700_000_000_000;
  const newId = createIdSource({ now: () => nowMs });
  const ids: string[] = [];
  for (let index = 0; index < 20_000; index += 1) {
    if (index === 9_000) nowMs += 5;
    if (index === 12_000) nowMs -= 60_000;
    if (index === 15_000) nowMs += 120_000;
    ids.push(newId());
  }
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
});
