/** Key presses in Electron's accelerator notation, such as `Alt+Space` or `CommandOrControl+Shift+K`. */

type KeyPress = Pick<KeyboardEvent, 'code' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

const namedKeys: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Return',
  Tab: 'Tab',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** Undefined while only modifiers are held, and for a bare letter, which would be lost to every other app. */
export function tryAccelerator(event: KeyPress): string | undefined {
  const key = /^Key[A-Z]$|^Digit\d$/.test(event.code)
    ? event.code.slice(-1)
    : /^F\d{1,2}$/.test(event.code)
      ? event.code
      : namedKeys[event.code];
  if (key === undefined) return undefined;
  const modifiers = [
    event.ctrlKey && 'Control',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    event.metaKey && 'Command',
  ].filter((name) => name !== false);
  const strong = event.ctrlKey || event.altKey || event.metaKey || key.startsWith('F');
  return strong ? [...modifiers, key].join('+') : undefined;
}

const signs: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  Command: 'Mod',
  CommandOrControl: 'Mod',
  CmdOrCtrl: 'Mod',
  Cmd: 'Mod',
  Option: 'Alt',
  Return: 'Enter',
};

/** The same keys in the notation of `Kbd`. */
export function acceleratorKeys(accelerator: string): string {
  return accelerator
    .split('+')
    .map((part) => signs[part] ?? part)
    .join('+');
}
