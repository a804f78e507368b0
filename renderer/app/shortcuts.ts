import type { ShellCommand } from '../../shared/contract/index.ts';

/**
 * The keys of each command. Browsers keep Mod+N for a window of their own, so there a second one does the same; the
 * first in the list that works is the one shown.
 */
export const shortcuts: Readonly<Record<ShellCommand, readonly [string, ...string[]]>> = {
  newChat: ['Mod+N', 'Mod+Shift+O'],
  search: ['Mod+Shift+F'],
  find: ['Mod+F'],
  palette: ['Mod+K'],
  settings: ['Mod+,'],
  toggleSidebar: ['Mod+\\'],
  print: ['Mod+P'],
  exportPdf: ['Mod+Shift+P'],
};

export function shownKeys(command: ShellCommand, inBrowser: boolean): string {
  const [first, second] = shortcuts[command];
  return inBrowser && second !== undefined ? second : first;
}
