import type { Session, WebContents, WebPreferences } from 'electron';

import type { Log } from '../ports.ts';
import { isOwnPage, mayLoad, tryExternalLink } from './link-policy.ts';

export interface GuardOptions {
  readonly openExternal: (address: string) => Promise<void>;
  readonly log: Log;
}

/** Electron's security checklist, written out even where it is the default: a default can change, a line cannot. */
export function pagePreferences(preload: string, platform: NodeJS.Platform): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    // Elsewhere than on a Mac the dictionaries would come from the network.
    spellcheck: platform === 'darwin',
  };
}

/** Keeps a window on our own pages. Links to other places go to the browser when they are plain https or mailto. */
export function guardContents(contents: WebContents, { openExternal, log }: GuardOptions): void {
  const offer = (address: string): void => {
    const link = tryExternalLink(address);
    if (link === undefined) {
      log.warn({ scheme: URL.parse(address)?.protocol ?? null }, 'a link was refused');
      return;
    }
    openExternal(link).catch((error: unknown) => log.warn({ err: error }, 'a link could not be opened'));
  };

  contents.setWindowOpenHandler(({ url }) => {
    offer(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    offer(event.url);
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Denies a page every permission but writing to the clipboard, which the copy buttons need. */
export function guardSession(session: Session, log: Log): void {
  const allowed = (permission: string, address: string): boolean =>
    permission === 'clipboard-sanitized-write' && isOwnPage(address);

  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(allowed(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => allowed(permission, requestingOrigin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const cancel = !mayLoad(details.url);
    if (cancel) log.warn({ scheme: URL.parse(details.url)?.protocol ?? null }, 'a page asked for something elsewhere');
    callback({ cancel });
  });
}
