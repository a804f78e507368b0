import { expect, test } from 'vitest';

import { createToastStore } from '../../../renderer/ui/toast-store.ts';

test('toasts show the newest three, and one with an action stays longer', () => {
  const store = createToastStore();
  for (const text of ['one', 'two', 'three', 'four']) store.getState().show({ text });
  store.getState().show({ text: 'deleted', action: { label: 'Undo', run: () => {} } });
  const { toasts } = store.getState();
  expect(toasts.map(({ text }) => text)).toEqual(['three', 'four', 'deleted']);
  expect(toasts[2]?.lifeMs).toBeGreaterThan(toasts[1]?.lifeMs ?? Infinity);
});

test('the same words are not shown twice, and a dismissed one is gone', () => {
  const store = createToastStore();
  store.getState().show({ text: 'No connection', tone: 'danger' });
  store.getState().show({ text: 'No connection', tone: 'danger' });
  const [only, ...rest] = store.getState().toasts;
  expect(rest).toEqual([]);
  store.getState().dismiss(only?.id ?? -1);
  expect(store.getState().toasts).toEqual([]);
});
