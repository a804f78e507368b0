import type { ShortcutState } from '../../shared/contract/index.ts';

/** The part of Electron's `globalShortcut` that is used. */
export interface ShortcutRegistry {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface Shortcut extends Disposable {
  readonly accelerator: string;
  readonly state: ShortcutState;
  /** Gives up the old shortcut and takes this one; an empty one means none. The same one again is tried again. */
  set(accelerator: string): void;
}

export interface ShortcutOptions {
  readonly registry: ShortcutRegistry;
  readonly onPress: () => void;
  /** Called after every `set`, so that a failure is told and never only logged. */
  readonly onState: (accelerator: string, state: ShortcutState) => void;
}

/** Holds one global shortcut. Others may hold the same one; the system then refuses it, and that is a state. */
export function createShortcut({ registry, onPress, onState }: ShortcutOptions): Shortcut {
  let accelerator = '';
  let state: ShortcutState = 'off';

  const release = (): void => {
    if (state === 'registered') registry.unregister(accelerator);
    state = 'off';
  };

  const take = (wanted: string): ShortcutState => {
    if (wanted === '') return 'off';
    if (!leavesTypingAlone(wanted)) return 'invalid';
    try {
      return registry.register(wanted, onPress) ? 'registered' : 'taken';
    } catch {
      // Electron throws for text that is no accelerator.
      return 'invalid';
    }
  };

  return {
    get accelerator() {
      return accelerator;
    },
    get state() {
      return state;
    },
    set(wanted) {
      release();
      accelerator = wanted.trim();
      state = take(accelerator);
      onState(accelerator, state);
    },
    [Symbol.dispose]: release,
  };
}

/** A global shortcut takes its keys away from every app: letters, digits and the space bar need more than Shift. */
function leavesTypingAlone(accelerator: string): boolean {
  const keys = accelerator.split('+').map((key) => key.trim());
  const last = keys.pop() ?? '';
  return keys.some((key) => key.toLowerCase() !== 'shift' && key !== '') || /^F\d{1,2}$/i.test(last);
}
