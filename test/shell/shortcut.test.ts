import { describe, expect, test, vi } from 'vitest';

import { createShortcut } from '../../electron/shell/shortcut.ts';

/** A system in which some shortcuts belong to other apps. */
function fakeRegistry(takenByOthers: readonly string[] = []) {
  const held = new Map<string, () => void>();
  return {
    held,
    register(accelerator: string, callback: () => void) {
      const readable = /^[A-Za-z0-9+ ]+$/.test(accelerator) && !accelerator.endsWith('+');
      if (!readable) throw new TypeError('Invalid accelerator');
      if (takenByOthers.includes(accelerator) || held.has(accelerator)) return false;
      held.set(accelerator, callback);
      return true;
    },
    unregister: (accelerator: string) => void held.delete(accelerator),
  };
}

describe('the global shortcut', () => {
  test('opens quick chat when it is pressed', () => {
    const registry = fakeRegistry();
    const onPress = vi.fn();
    const shortcut = createShortcut({ registry, onPress, onState: vi.fn() });
    shortcut.set('Alt+Space');
    registry.held.get('Alt+Space')?.();
    expect(onPress).toHaveBeenCalledOnce();
    expect(shortcut.state).toBe('registered');
  });

  test('tells when another app has it', () => {
    const onState = vi.fn();
    const shortcut = createShortcut({ registry: fakeRegistry(['Alt+Space']), onPress: vi.fn(), onState });
    shortcut.set('Alt+Space');
    expect(onState).toHaveBeenCalledExactlyOnceWith('Alt+Space', 'taken');
  });

  test.each(['Alt+Ä', 'Alt+', 'A', 'Shift+A', 'Space', '+', 'Shift+Space'])(
    'refuses %s, which is no shortcut or would swallow ordinary typing',
    (accelerator) => {
      const registry = fakeRegistry();
      const shortcut = createShortcut({ registry, onPress: vi.fn(), onState: vi.fn() });
      shortcut.set(accelerator);
      expect(shortcut.state).toBe('invalid');
      expect(registry.held.size).toBe(0);
    },
  );

  test.each(['F13', 'CommandOrControl+Shift+K', 'Alt+Space', 'Super+J'])('takes %s', (accelerator) => {
    const shortcut = createShortcut({ registry: fakeRegistry(), onPress: vi.fn(), onState: vi.fn() });
    shortcut.set(accelerator);
    expect(shortcut.state).toBe('registered');
  });

  test('gives up the old one when it is changed, and all when it is cleared', () => {
    const registry = fakeRegistry();
    const shortcut = createShortcut({ registry, onPress: vi.fn(), onState: vi.fn() });
    shortcut.set('Alt+Space');
    shortcut.set('Control+J');
    expect([...registry.held.keys()]).toEqual(['Control+J']);
    shortcut.set('');
    expect(registry.held.size).toBe(0);
    expect(shortcut.state).toBe('off');
  });

  test('tries again when it is set again, and never unregisters what belongs to another app', () => {
    const taken = ['Alt+Space'];
    const registry = fakeRegistry(taken);
    const unregister = vi.spyOn(registry, 'unregister');
    const shortcut = createShortcut({ registry, onPress: vi.fn(), onState: vi.fn() });
    shortcut.set('Alt+Space');
    taken.pop();
    shortcut.set('Alt+Space');
    expect(unregister).not.toHaveBeenCalled();
    expect(shortcut.state).toBe('registered');
  });

  test('leaves nothing behind', () => {
    const registry = fakeRegistry();
    const shortcut = createShortcut({ registry, onPress: vi.fn(), onState: vi.fn() });
    shortcut.set('Alt+Space');
    shortcut[Symbol.dispose]();
    expect(registry.held.size).toBe(0);
  });
});
