import type { ShellCommand } from '../../shared/contract/index.ts';

/** What a menu can ask the shell to do. */
export interface MenuActions {
  command(command: ShellCommand): void;
  toggleQuick(): void;
  openWindow(): void;
  showDataFolder(): void;
  useModel(modelId: string): void;
  setOpenAtLogin(open: boolean): void;
  quit(): void;
}
