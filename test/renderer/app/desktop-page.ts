import type { Browser, Page } from 'playwright-core';

import type { ShellEvent, ShellRequest, Surface } from '../../../shared/contract/index.ts';
import { ChatPage } from '../../headless/chat-page.ts';
import { serveWindow, type BuiltWindow, type ServedWindow } from './window-under-test.ts';

export interface DesktopPage extends AsyncDisposable {
  readonly served: ServedWindow;
  readonly page: Page;
  readonly chat: ChatPage;
  /** What the page asked of the shell so far. */
  requests(): Promise<ShellRequest[]>;
  tell(event: ShellEvent): Promise<void>;
}

/**
 * The page as the desktop shows it: no WebSocket of its own, but the two ports its preload hands over. Behind the first
 * port stands the real router; the second is held by the test in place of the shell.
 */
export async function openDesktopPage(browser: Browser, built: BuiltWindow, surface: Surface): Promise<DesktopPage> {
  const served = await serveWindow(built);
  const context = await browser.newContext({
    userAgent: 'Mozilla/5.0 (Macintosh) Chrome/156.0.0.0 Electron/45.4.1',
    viewport: surface === 'quick' ? { width: 680, height: 64 } : { width: 1280, height: 800 },
    locale: 'en-US',
  });
  const page = await context.newPage();
  await page.addInitScript(handOverPorts, surface);
  await page.goto(`${served.url}?surface=${surface}`);
  await page.getByRole('textbox').first().waitFor();
  return {
    served,
    page,
    chat: new ChatPage(page),
    requests: () => page.evaluate(() => window.shellUnderTest.requests),
    tell: (event) => page.evaluate((told) => window.shellUnderTest.port.postMessage(told), event),
    async [Symbol.asyncDispose]() {
      await context.close();
      await served[Symbol.asyncDispose]();
    },
  };
}

declare global {
  interface Window {
    shellUnderTest: { requests: ShellRequest[]; port: MessagePort };
  }
}

/** Runs in the page, before its own script; does what the preload does after `load`. */
function handOverPorts(surface: Surface): void {
  const rpc = new MessageChannel();
  const shell = new MessageChannel();
  const socket = new WebSocket(`ws://${location.host}/rpc`);
  const early: string[] = [];
  rpc.port1.addEventListener('message', (event) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(event.data);
    else early.push(event.data);
  });
  socket.addEventListener('open', () => {
    for (const message of early.splice(0)) socket.send(message);
  });
  socket.addEventListener('message', (event) => rpc.port1.postMessage(event.data));
  rpc.port1.start();

  const requests: ShellRequest[] = [];
  shell.port1.addEventListener('message', (event) => requests.push(event.data));
  shell.port1.start();
  window.shellUnderTest = { requests, port: shell.port1 };

  addEventListener('load', () => {
    const message = { type: 'clawdbot:port', surface, platform: 'darwin' };
    window.postMessage(message, location.origin, [rpc.port2, shell.port2]);
  });
}
