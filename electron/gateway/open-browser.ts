import { spawn } from 'node:child_process';

import type { Log } from '../ports.ts';

/** The program that opens an address, or undefined where nobody would see the window. */
export function browserOpener(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | undefined {
  // Over SSH the window would open on a screen in another room.
  if (environment['SSH_CONNECTION'] !== undefined) return undefined;
  if (platform === 'darwin') return 'open';
  const hasDisplay = Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
  return platform === 'linux' && hasDisplay ? 'xdg-open' : undefined;
}

/** Opens the address if it can; the host does not depend on it. */
export function openBrowser(url: string, opener: string | undefined, log: Log): void {
  if (opener === undefined) return;
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.on('error', (error) => log.info({ opener, reason: error.message }, 'the browser could not be opened'));
  child.unref();
}
