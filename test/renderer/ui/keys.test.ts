import { describe, expect, test } from 'vitest';

import { shortcuts, shownKeys } from '../../../renderer/app/shortcuts.ts';
import { matchesKeys, writeKeys } from '../../../renderer/ui/keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}, code = '') => ({
  key,
  code,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  test('use the command key on a Mac and Ctrl elsewhere', () => {
    expect(matchesKeys(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
    expect(matchesKeys(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
    expect(matchesKeys(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(matchesKeys(press('k', { metaKey: true }), 'Mod+K', false)).toBe(false);
  });

  test('want exactly the keys that are named', () => {
    expect(matchesKeys(press('K', { metaKey: true, shiftKey: true }), 'Mod+K', true)).toBe(false);
    expect(matchesKeys(press('F', { metaKey: true, shiftKey: true }), 'Mod+Shift+F', true)).toBe(true);
    expect(matchesKeys(press('k'), 'Mod+K', true)).toBe(false);
    expect(matchesKeys(press(',', { metaKey: true }), 'Mod+,', true)).toBe(true);
  });

  test('work on a layout without Latin letters', () => {
    expect(matchesKeys(press('л', { metaKey: true }, 'KeyK'), 'Mod+K', true)).toBe(true);
  });

  test('are written in the signs of the platform', () => {
    expect(writeKeys('Mod+Shift+F', true)).toEqual(['⇧', '⌘', 'F']);
    expect(writeKeys('Mod+Shift+F', false)).toEqual(['Ctrl', 'Shift', 'F']);
    expect(writeKeys('Delete', true)).toEqual(['⌫']);
  });

  test('belong to one command each, and one that browsers take has a second', () => {
    const all = Object.values(shortcuts).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(shownKeys('newChat', false)).toBe('Mod+N');
    expect(shownKeys('newChat', true)).toBe('Mod+Shift+O');
    expect(shownKeys('palette', true)).toBe('Mod+K');
  });
});
