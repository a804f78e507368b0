import { BrowserWindow, clipboard, dialog, Menu, MessageChannelMain, nativeTheme } from 'electron';
import type { BrowserWindowConstructorOptions, MessagePortMain } from 'electron';

import type { ShellEvent, ShellRequest, Surface } from '../../shared/contract/index.ts';
import type { Clock, Log } from '../ports.ts';
import { backgroundColour } from './background-colour.ts';
import { contextMenuTemplate } from './context-menu.ts';
import { guardContents, pagePreferences } from './guard.ts';
import { isOwnPage } from './link-policy.ts';
import { planRecovery } from './page-recovery.ts';
import { createPortLine, type PortLine } from './port-line.ts';
import type { ShellTexts } from './texts.ts';

/** What both windows need from the shell. */
export interface PageHost {
  readonly platform: 'darwin' | 'linux' | 'win32';
  readonly preload: string;
  /** Address of the page, without query. */
  readonly page: string;
  readonly texts: () => ShellTexts;
  readonly serve: (port: MessagePortMain, surface: Surface) => () => void;
  readonly onRequest: (surface: Surface, request: ShellRequest) => void;
  /** A page has got its ports; the moment to tell it what it should know. */
  readonly onHandOver: (surface: Surface) => void;
  readonly openExternal: (address: string) => Promise<void>;
  readonly quit: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PageWindow extends Disposable {
  readonly window: BrowserWindow;
  send(event: ShellEvent): void;
}

/** A window with our page in it: fenced in, with its line to the core, and brought back when its process ends. */
export function createPageWindow(
  host: PageHost,
  surface: Surface,
  options: BrowserWindowConstructorOptions,
  /** What the page is to show, as it stands in its address after the query. */
  place = '',
): PageWindow {
  const { log } = host;
  const window = new BrowserWindow({
    ...options,
    show: false,
    // The colour of the page until it is painted: no white flash.
    backgroundColor: backgroundColour(nativeTheme.shouldUseDarkColors),
    webPreferences: pagePreferences(host.preload, host.platform),
  });
  const contents = window.webContents;
  guardContents(contents, host);
  contents.on('context-menu', (_event, params) => {
    const items = contextMenuTemplate(params, host.texts(), (text) => void clipboard.writeText(text));
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });

  const line = createPortLine<MessagePortMain>({
    facts: { surface, platform: host.platform },
    createChannel: () => new MessageChannelMain(),
    currentPage: () => contents.getURL(),
    isOwnPage,
    deliver: (facts, ports) => contents.postMessage('clawdbot:port', facts, ports),
    serve: (port) => host.serve(port, surface),
    onRequest: (request) => host.onRequest(surface, request),
    log,
  });
  contents.on('did-finish-load', () => {
    line.handOver();
    host.onHandOver(surface);
  });
  contents.on('did-fail-load', (_event, errorCode, errorDescription, _address, isMainFrame) => {
    // -3 is a load that another one replaced.
    if (isMainFrame && errorCode !== -3) log.error({ surface, errorCode, errorDescription }, 'the page did not load');
  });

  const load = (): void => {
    window.loadURL(`${host.page}?surface=${surface}${place}`).catch((error: unknown) => {
      log.error({ surface, err: error }, 'the page could not be loaded');
    });
  };
  recoverPage(window, surface, host, { line, load });
  askWhenUnresponsive(window, surface, host);
  const paint = (): void => window.setBackgroundColor(backgroundColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', paint);
  load();

  return {
    window,
    send: (event) => line.send(event),
    [Symbol.dispose]() {
      nativeTheme.off('updated', paint);
      line[Symbol.dispose]();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

function recoverPage(
  window: BrowserWindow,
  surface: Surface,
  host: PageHost,
  page: { readonly line: PortLine; readonly load: () => void },
): void {
  const crashedAtMs: number[] = [];
  const restart = (): void => {
    page.line.send({ type: 'notice', notice: 'pageRestarted' });
    page.load();
  };

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    page.line.drop();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    host.log.error({ surface, reason, exitCode }, 'the process of a page has ended');
    const now = host.clock.now();
    crashedAtMs.push(now);
    if (planRecovery(crashedAtMs, now) === 'reload') return restart();
    const { message, detail, primary, secondary } = host.texts().crashing;
    dialog
      .showMessageBox({ type: 'error', message, detail, buttons: [primary, secondary], defaultId: 0, cancelId: 0 })
      .then(({ response }) => {
        if (response === 0) return host.quit();
        crashedAtMs.length = 0;
        restart();
      })
      .catch((error: unknown) => host.log.error({ err: error }, 'a question could not be asked'));
  });
}

function askWhenUnresponsive(window: BrowserWindow, surface: Surface, host: PageHost): void {
  let asking: AbortController | undefined;
  window.on('responsive', () => asking?.abort());
  window.on('closed', () => asking?.abort());
  window.on('unresponsive', () => {
    // A hidden window that is slow bothers nobody.
    if (asking || !window.isVisible()) return;
    const question = new AbortController();
    asking = question;
    host.log.warn({ surface }, 'a page does not respond');
    const { message, detail, primary, secondary } = host.texts().unresponsive;
    const buttons = [primary, secondary];
    dialog
      .showMessageBox(window, { message, detail, buttons, defaultId: 0, cancelId: 0, signal: question.signal })
      .then(({ response }) => {
        // Ending the process is the only way to reload a page that is busy; it is then started again as after a crash.
        if (response === 1 && !question.signal.aborted) window.webContents.forcefullyCrashRenderer();
      })
      .catch((error: unknown) => host.log.error({ err: error }, 'a question could not be asked'))
      .finally(() => (asking = undefined));
  });
}
