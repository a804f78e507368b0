/** What is used of Electron's `app`. */
export interface LoginItems {
  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin?: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean }): void;
}

export interface LoginItem {
  /** Null where the system keeps no list that could be changed: Linux, and an app that is not installed. */
  readonly openAtLogin: boolean | null;
  /** This start was the system's, not the person's: nothing should pop up. */
  readonly startedAtLogin: boolean;
  set(openAtLogin: boolean): void;
}

export function createLoginItem(items: LoginItems, host: { platform: NodeJS.Platform; packaged: boolean }): LoginItem {
  // Unpackaged, the entry would start a bare Electron.
  const supported = host.packaged && (host.platform === 'darwin' || host.platform === 'win32');
  return {
    get openAtLogin() {
      return supported ? items.getLoginItemSettings().openAtLogin : null;
    },
    get startedAtLogin() {
      return supported && items.getLoginItemSettings().wasOpenedAtLogin === true;
    },
    set(openAtLogin) {
      if (supported) items.setLoginItemSettings({ openAtLogin });
    },
  };
}
