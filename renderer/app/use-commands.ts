import { useEffect, useRef } from 'react';

import type { ShellCommand } from '../../shared/contract/index.ts';
import { matchesKeys } from '../ui/keys.ts';
import { shortcuts } from './shortcuts.ts';

export type Commands = Readonly<Record<ShellCommand, () => void>>;

const names = [
  'newChat',
  'search',
  'find',
  'palette',
  'settings',
  'toggleSidebar',
  'print',
  'exportPdf',
] as const satisfies readonly ShellCommand[];

/** Runs a command when its keys are pressed anywhere in the window. */
export function useCommands(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = names.find((command) => shortcuts[command].some((keys) => matchesKeys(event, keys)));
      if (name === undefined) return;
      event.preventDefault();
      latest.current[name]();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
