import type { MachineConditions } from '../ports.ts';

/** What is used of Electron's `powerMonitor`. */
export interface PowerState {
  getCurrentThermalState(): 'unknown' | 'nominal' | 'fair' | 'serious' | 'critical';
  isOnBatteryPower(): boolean;
}

/** The state of the machine, where Electron knows better than what plain Node can find out. */
export function createDesktopConditions(
  base: () => Promise<MachineConditions>,
  power: PowerState,
  platform: NodeJS.Platform,
): () => Promise<MachineConditions> {
  return async () => {
    const found = await base();
    // Electron knows the heat of a Mac only; elsewhere it says that it does not.
    const state = platform === 'darwin' ? power.getCurrentThermalState() : 'unknown';
    return {
      ...found,
      thermal: state === 'unknown' ? found.thermal : state,
      onBattery: found.onBattery || power.isOnBatteryPower(),
    };
  };
}
