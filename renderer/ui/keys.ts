import { isMac } from './platform.ts';

const macSigns: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌫',
  Escape: 'esc',
  Up: '↑',
  Down: '↓',
};

const otherSigns: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Delete: 'Del',
  Up: '↑',
  Down: '↓',
};

/** `Mod+Shift+N` as this platform writes it: ⇧⌘N, or Ctrl Shift N. */
export function writeKeys(keys: string, mac: boolean = isMac): string[] {
  const signs = mac ? macSigns : otherSigns;
  const parts = keys.split('+');
  const ordered = mac ? parts.toSorted((left, right) => macRank(left) - macRank(right)) : parts;
  return ordered.map((key) => signs[key] ?? key);
}

/** Menus on a Mac name the modifiers in this order, whatever order they are pressed in. */
function macRank(key: string): number {
  const rank = ['Ctrl', 'Alt', 'Shift', 'Mod'].indexOf(key);
  return rank < 0 ? 4 : rank;
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

/**
 * Whether a key press is the shortcut. `Mod` is ⌘ on a Mac and Ctrl elsewhere. Letters are compared by their place as
 * well, so that a Chinese or Cyrillic layout does not lose them.
 */
export function matchesKeys(event: KeyPress, keys: string, mac: boolean = isMac): boolean {
  const parts = keys.split('+');
  const main = parts.at(-1) ?? '';
  const mod = parts.includes('Mod');
  if (event.metaKey !== (mac && mod)) return false;
  if (event.ctrlKey !== ((!mac && mod) || parts.includes('Ctrl'))) return false;
  if (event.altKey !== parts.includes('Alt')) return false;
  if (event.shiftKey !== parts.includes('Shift')) return false;
  return event.key.toLowerCase() === main.toLowerCase() || event.code === `Key${main.toUpperCase()}`;
}
