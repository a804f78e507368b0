import { describe, expect, test, vi } from 'vitest';

import { acceleratorKeys, tryAccelerator } from '../../../renderer/settings/accelerator.ts';
import { createSettingsStore } from '../../../renderer/settings/settings-store.ts';
import { connect } from '../services.ts';

describe('settings', () => {
  test('show a change at once and have it stored', async () => {
    await using page = await connect();
    const store = createSettingsStore(page.connection.client);
    await vi.waitFor(() => expect(store.getState().settings?.theme).toBe('system'), { timeout: 10_000 });
    const stored = store.getState().update({ theme: 'dark' });
    expect(store.getState().settings?.theme).toBe('dark');
    await stored;
    expect(page.services.settings.read().theme).toBe('dark');
    store.dispose();
  });

  test('take back what could not be stored', async () => {
    await using page = await connect();
    const store = createSettingsStore(page.connection.client);
    await vi.waitFor(() => expect(store.getState().settings).not.toBeNull(), { timeout: 10_000 });
    await expect(store.getState().update({ systemPrompt: 'x'.repeat(20_001) })).rejects.toThrow('wrong form');
    expect(store.getState().settings?.systemPrompt).toBe('');
    store.dispose();
  });

  test('follow a change made in another window', async () => {
    await using page = await connect();
    const store = createSettingsStore(page.connection.client);
    await vi.waitFor(() => expect(store.getState().settings).not.toBeNull(), { timeout: 10_000 });
    page.services.settings.update({ language: 'zh' });
    await vi.waitFor(() => expect(store.getState().settings?.language).toBe('zh'), { timeout: 10_000 });
    store.dispose();
  });
});

describe('a recorded shortcut', () => {
  const press = (code: string, held: Partial<KeyboardEvent> = {}) => ({
    code,
    metaKey: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });

  test.each([
    ['Alt+Space', press('Space', { altKey: true })],
    ['Shift+Command+K', press('KeyK', { metaKey: true, shiftKey: true })],
    ['Control+Alt+1', press('Digit1', { ctrlKey: true, altKey: true })],
    ['F5', press('F5')],
    ['Command+Up', press('ArrowUp', { metaKey: true })],
  ])('%s', (accelerator, event) => {
    expect(tryAccelerator(event)).toBe(accelerator);
  });

  test('needs a key that no other app would miss', () => {
    expect(tryAccelerator(press('KeyK'))).toBeUndefined();
    expect(tryAccelerator(press('KeyK', { shiftKey: true }))).toBeUndefined();
    expect(tryAccelerator(press('AltLeft', { altKey: true }))).toBeUndefined();
  });

  test('is shown in the notation of the interface', () => {
    expect(acceleratorKeys('CommandOrControl+Shift+K')).toBe('Mod+Shift+K');
    expect(acceleratorKeys('Alt+Space')).toBe('Alt+Space');
  });
});
