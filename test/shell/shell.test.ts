import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createDirectClient } from '../../electron/rpc/direct-client.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { createRouter } from '../../electron/rpc/router.ts';
import { serveMessagePort } from '../../electron/rpc/serve-message-port.ts';
import { createShell, type Shell } from '../../electron/shell/shell.ts';
import type {
  contract,
  ModelList,
  Settings,
  ShellEvent,
  ShellNotice,
  ShellRequest,
} from '../../shared/contract/index.ts';
import { createFakeChat } from '../fakes/fake-chat.ts';
import { createFakeAnalysis } from '../fakes/fake-analysis.ts';
import { createFakeCollections } from '../fakes/fake-collections.ts';
import { createFakeContext } from '../fakes/fake-context.ts';
import { createFakeDocumentReader } from '../fakes/fake-document-reader.ts';
import { createFakeDocuments } from '../fakes/fake-documents.ts';
import { createFakeIncomingFiles } from '../fakes/fake-incoming-files.ts';
import { createFakeKeep } from '../fakes/fake-keep.ts';
import { createFakeTransfer } from '../fakes/fake-transfer.ts';
import { createFakeModels } from '../fakes/fake-models.ts';
import { createFakeSettings } from '../fakes/fake-settings.ts';
import { createFakeStatus } from '../fakes/fake-status.ts';
import { app, desktop, nativeTheme, powerMonitor, reset, session, type BrowserWindow } from './fake-electron.ts';
import { spiedLog } from './spied-log.ts';
import { eventually } from './eventually.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const oneModel: ModelList = {
  models: [createModelInfo({ id: 'm', name: 'Small', path: '/m.gguf' })],
  defaultModelId: null,
  folder: '/models',
  pinnedIds: [],
};

let folder: string;
let running: Shell | undefined;

beforeEach(async () => {
  reset();
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-shell-'));
});
afterEach(async () => {
  running?.[Symbol.dispose]();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

interface Start {
  readonly platform?: 'darwin' | 'linux';
  readonly settings?: Partial<Settings>;
  readonly args?: readonly string[];
  readonly notices?: readonly ShellNotice[];
}

/** The shell on the real router and ports, with services in memory and a desktop that is played. */
function launch(options: Start = {}) {
  const log = spiedLog();
  const settings = createFakeSettings(options.settings);
  const chat = createFakeChat({ wordMs: 5 });
  const models = createFakeModels(oneModel);
  const router = createRouter(
    {
      analysis: createFakeAnalysis(),
      chat,
      collections: createFakeCollections(),
      context: createFakeContext(),
      documents: createFakeDocuments(),
      reader: createFakeDocumentReader(),
      files: createFakeIncomingFiles(),
      keep: createFakeKeep(),
      transfer: createFakeTransfer(),
      models,
      settings,
      status: createFakeStatus(),
    },
    log,
  );
  const host = { quitting: false, now: 1_000_000 };
  const shell = createShell({
    client: createDirectClient(router, { kind: 'window', id: 'shell' }),
    serve: (port, surface) => serveMessagePort(port, router, { kind: 'window', id: surface }, log),
    exportFile: () => undefined,
    settings: settings.read(),
    platform: options.platform ?? 'darwin',
    dataDirectory: folder,
    rendererFolder: folder,
    preload: '/app/preload.cjs',
    trayImages: '/app/tray',
    args: options.args ?? [],
    notices: options.notices ?? [],
    quitting: () => host.quitting,
    clock: { now: () => host.now },
    log,
  });
  running = shell;
  return { shell, settings, chat, models, log, host };
}

/** The same, when both windows have got their ports. */
async function start(options: Start = {}) {
  const launched = launch(options);
  const [chatWindow, quickWindow] = [desktop.window('chat'), desktop.window('quick')];
  await eventually(() => {
    expect(chatWindow.webContents.handedOver).toHaveLength(1);
    expect(quickWindow.webContents.handedOver).toHaveLength(1);
  });
  return { ...launched, chatWindow, quickWindow };
}

/** What runs in a window: it listens to the shell, and speaks to it and to the core. */
function openPage(window: BrowserWindow) {
  const ports = window.webContents.handedOver.at(-1);
  if (!ports) throw new Error('The window got no ports.');
  const heard: ShellEvent[] = [];
  ports.shell.on('message', (event: ShellEvent) => heard.push(event));
  return {
    heard,
    ports,
    send: (request: ShellRequest) => ports.shell.postMessage(request),
    client: createORPCClient<ContractRouterClient<typeof contract>>(new RPCLink({ port: ports.rpc })),
  };
}

describe('the windows', () => {
  test('follow the security checklist of Electron', async () => {
    const { chatWindow, quickWindow } = await start();
    for (const window of [chatWindow, quickWindow]) {
      expect(window.options['webPreferences']).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        preload: '/app/preload.cjs',
      });
      expect(window.loaded[0]).toMatch(/^clawdbot-app:\/\/app\/index\.html\?surface=(?:chat|quick)$/);
    }
  });

  test('stay on their own pages; links go to the browser when they are harmless', async () => {
    const { chatWindow } = await start();
    const contents = chatWindow.webContents;
    expect(contents.openWindow({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    expect(contents.openWindow({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    expect(contents.attempt('will-navigate', { url: 'https://example.org/next' })).toBe(true);
    expect(contents.attempt('will-navigate', { url: 'clawdbot-app://app/index.html' })).toBe(false);
    expect(contents.attempt('will-frame-navigate', { url: 'https://evil.example/', isMainFrame: false })).toBe(true);
    expect(contents.attempt('will-redirect', { url: 'https://evil.example/' })).toBe(true);
    expect(contents.attempt('will-attach-webview', {})).toBe(true);
    expect(desktop.openedLinks).toEqual(['https://example.org/', 'https://example.org/next']);
  });

  test('get no permission but to write to the clipboard', async () => {
    await start();
    const check = session.defaultSession.handlers.get('check');
    const ask = (permission: string, origin: string) =>
      Reflect.apply(Object(check), undefined, [null, permission, origin]);
    expect(ask('clipboard-sanitized-write', 'clawdbot-app://app/')).toBe(true);
    expect(ask('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'openExternal']) {
      expect(ask(permission, 'clawdbot-app://app/'), permission).toBe(false);
    }
  });

  test('are answered by the real core over their ports', async () => {
    const { chat, chatWindow } = await start();
    const page = openPage(chatWindow);
    const info = await page.client.app.info();
    expect(info.version).toBe('0.1.0');
    const made = await page.client.chat.create({ title: 'From a window' });
    expect(chat.list(null, 10).conversations.map(({ id }) => id)).toEqual([made.id]);
  });

  test('show the pages of the app and nothing else through its scheme', async () => {
    await writeFile(path.join(folder, 'index.html'), '<title>Clawdbot</title>');
    await start();
    const serve = desktop.protocols.get('clawdbot-app');
    const page = await serve?.(new Request('clawdbot-app://app/index.html?surface=chat'));
    expect(await page?.text()).toBe('<title>Clawdbot</title>');
  });
});

describe('the chat window', () => {
  test('is shown when it is painted, with its own colour before', async () => {
    const { chatWindow } = await start();
    expect(chatWindow.options).toMatchObject({ show: false, titleBarStyle: 'hiddenInset', backgroundColor: '#ffffff' });
    expect(chatWindow.visible).toBe(true);
  });

  test('takes the colour of the theme when that changes', async () => {
    const { chatWindow, quickWindow } = await start();
    nativeTheme.shouldUseDarkColors = true;
    nativeTheme.emit('updated');
    for (const window of [chatWindow, quickWindow]) expect(window.calls.at(-1)).toBe('colour #1d1d1f');
  });

  test('hides when it is closed, comes back with what was in it, and closes when the app quits', async () => {
    const { shell, host, chatWindow } = await start();
    expect(chatWindow.pressClose()).toBe(true);
    expect(chatWindow.visible).toBe(false);
    shell.showChat();
    expect(chatWindow.visible).toBe(true);
    host.quitting = true;
    expect(chatWindow.pressClose()).toBe(false);
  });

  test('leaves full screen before it hides, or a black space would stay behind', async () => {
    const { chatWindow } = await start();
    chatWindow.fullScreen = true;
    chatWindow.pressClose();
    expect([chatWindow.fullScreen, chatWindow.visible]).toEqual([false, false]);
  });

  test('opens where it was left, unless that is nowhere any more', async () => {
    const first = await start();
    first.chatWindow.bounds = { x: 50, y: 60, width: 900, height: 700 };
    first.chatWindow.pressClose();
    expect(JSON.parse(await readFile(path.join(folder, 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 50, y: 60, width: 900, height: 700 },
      maximised: false,
    });
    first.shell[Symbol.dispose]();
    reset();
    const second = await start();
    expect(second.chatWindow.options).toMatchObject({ x: 50, y: 60, width: 900, height: 700 });
  });

  test('is brought to the front by the Dock, by a second start, and told that its options were ignored', async () => {
    const { shell, chatWindow } = await start({ args: ['--model', 'a.gguf'] });
    const page = openPage(chatWindow);
    chatWindow.pressClose();
    app.emit('activate');
    expect(chatWindow.visible).toBe(true);
    chatWindow.minimised = true;
    shell.secondStart([]);
    expect(chatWindow.minimised).toBe(false);
    shell.secondStart(['--model', 'b.gguf']);
    await eventually(() => expect(page.heard.at(-1)).toEqual({ type: 'notice', notice: 'optionsIgnored' }));
    expect(page.heard.filter((event) => event.type === 'notice')).toHaveLength(1);
  });

  test('does not exist after a start by the system, until it is asked for', async () => {
    app.isPackaged = true;
    app.startedAtLogin = true;
    const { shell, settings } = launch();
    settings.update({ language: 'zh' });
    await eventually(() => expect(desktop.menuBar?.labels()).toContain('新建对话'));
    expect(desktop.windows.map((window) => window.loaded[0]?.split('=')[1])).toEqual(['quick']);
    shell.showChat();
    await eventually(() => expect(desktop.window('chat').visible).toBe(true));
  });

  test('is told once what the person should know from the start', async () => {
    const { chatWindow, quickWindow } = await start({ notices: ['keyInFile'] });
    const page = openPage(chatWindow);
    await eventually(() => expect(page.heard).toContainEqual({ type: 'notice', notice: 'keyInFile' }));
    const quick = openPage(quickWindow);
    await eventually(() => expect(quick.heard.length).toBeGreaterThan(0));
    expect(quick.heard.every((event) => event.type === 'shortcut')).toBe(true);
    chatWindow.webContents.emit('did-finish-load');
    const again = openPage(chatWindow);
    await eventually(() => expect(again.heard.length).toBeGreaterThan(0));
    expect(again.heard).not.toContainEqual({ type: 'notice', notice: 'keyInFile' });
  });
});

describe('quick chat', () => {
  const press = () => desktop.shortcuts.get('Alt+Space')?.();

  test('exists before it is asked for, as a panel above everything', async () => {
    const { quickWindow } = await start();
    expect(quickWindow.visible).toBe(false);
    expect(quickWindow.options).toMatchObject({ type: 'panel', frame: false, alwaysOnTop: true, resizable: false });
    expect(quickWindow.calls[0]).toContain('"visibleOnFullScreen":true');
  });

  test('opens by the shortcut in the upper third, with the caret in the field, and closes by it again', async () => {
    const { quickWindow } = await start();
    const page = openPage(quickWindow);
    press();
    expect(quickWindow.visible).toBe(true);
    expect(quickWindow.calls.slice(-2)).toEqual(['show', 'focus']);
    expect(quickWindow.bounds).toEqual({ x: 380, y: 200, width: 680, height: 64 });
    await eventually(() => expect(page.heard).toContainEqual({ type: 'quickShown' }));
    press();
    expect(quickWindow.visible).toBe(false);
  });

  test('hides by Esc and gives the focus back, without taking the chat window along', async () => {
    const { chatWindow, quickWindow } = await start();
    const page = openPage(quickWindow);
    app.active = true;
    press();
    page.send({ type: 'hideQuick' });
    await eventually(() => expect(quickWindow.visible).toBe(false));
    expect(app.hidden).toBe(false);
    chatWindow.pressClose();
    press();
    page.send({ type: 'hideQuick' });
    await eventually(() => expect(app.hidden).toBe(true));
    press();
    expect([app.hidden, quickWindow.visible]).toEqual([false, true]);
  });

  test('hides when something else is clicked, and a click on the tray icon does not open it again at once', async () => {
    const { quickWindow, host } = await start();
    press();
    quickWindow.emit('blur');
    expect(quickWindow.visible).toBe(false);
    desktop.tray?.emit('click');
    expect(quickWindow.visible).toBe(false);
    host.now += 1_000;
    desktop.tray?.emit('click');
    expect(quickWindow.visible).toBe(true);
  });

  test('grows with the answer where it stands, within its limits', async () => {
    const { quickWindow } = await start();
    const page = openPage(quickWindow);
    press();
    quickWindow.bounds = { ...quickWindow.bounds, x: 100, y: 300 };
    page.send({ type: 'resizeQuick', heightPx: 240.2 });
    await eventually(() => expect(quickWindow.bounds).toEqual({ x: 100, y: 300, width: 680, height: 241 }));
    page.send({ type: 'resizeQuick', heightPx: 50_000 });
    await eventually(() => expect(quickWindow.bounds.height).toBe(584));
  });

  test('goes on in the chat window', async () => {
    const { chatWindow, quickWindow } = await start();
    chatWindow.pressClose();
    press();
    openPage(quickWindow).send({ type: 'continueInWindow', conversationId: 'abc' });
    const page = openPage(chatWindow);
    await eventually(() => expect(page.heard).toContainEqual({ type: 'openConversation', conversationId: 'abc' }));
    expect([chatWindow.visible, quickWindow.visible, app.hidden]).toEqual([true, false, false]);
  });

  test('cannot be moved about by the chat window', async () => {
    const { chatWindow, quickWindow } = await start();
    press();
    const page = openPage(chatWindow);
    page.send({ type: 'resizeQuick', heightPx: 500 });
    page.send({ type: 'hideQuick' });
    page.send({ type: 'openSettings' });
    await eventually(() => expect(page.heard).toContainEqual({ type: 'command', command: 'settings' }));
    expect(quickWindow.bounds.height).toBe(64);
  });

  test('is hidden, not destroyed, when it is closed', async () => {
    const { quickWindow } = await start();
    press();
    expect(quickWindow.pressClose()).toBe(true);
    press();
    expect(quickWindow.visible).toBe(true);
  });
});

describe('the shortcut', () => {
  test('that another app holds is told to both pages, and another one can be recorded', async () => {
    desktop.taken = ['Alt+Space'];
    const { settings, chatWindow, quickWindow } = await start();
    const pages = [openPage(chatWindow), openPage(quickWindow)];
    const expectBoth = (event: ShellEvent) =>
      eventually(() => expect(pages.map(({ heard }) => heard.at(-1))).toEqual([event, event]));
    await expectBoth({ type: 'shortcut', accelerator: 'Alt+Space', state: 'taken' });
    settings.update({ quickChatShortcut: 'Control+Shift+J' });
    await expectBoth({ type: 'shortcut', accelerator: 'Control+Shift+J', state: 'registered' });
    expect([...desktop.shortcuts.keys()]).toEqual(['Control+Shift+J']);
  });
});

describe('the tray and the menus', () => {
  test('show that an answer is being written, and when it is done', async () => {
    const { chat } = await start();
    expect(desktop.tray?.image).toMatchObject({ file: '/app/tray/idleTemplate.png', template: true });
    chat.send({ requestId: 'r', conversationId: null, text: 'one two three', modelId: null });
    await eventually(() =>
      expect(desktop.tray?.shown).toEqual(['/app/tray/workingTemplate.png', '/app/tray/idleTemplate.png']),
    );
  });

  test('show that the Mac is hot', async () => {
    await start();
    powerMonitor.emit('thermal-state-change', { state: 'serious' });
    expect(desktop.tray?.image.file).toBe('/app/tray/hotTemplate.png');
    powerMonitor.emit('thermal-state-change', { state: 'nominal' });
    expect(desktop.tray?.image.file).toBe('/app/tray/idleTemplate.png');
  });

  test('choose a model, and say so when that fails', async () => {
    const { models } = await start();
    await eventually(() => {
      desktop.tray?.emit('right-click');
      expect(desktop.tray?.menu?.labels()).toContain('Small');
    });
    const menu = desktop.tray?.menu;
    menu?.choose('Small');
    await eventually(() => expect(models.current().defaultModelId).toBe('m'));
    models.set({ ...models.current(), models: [] });
    menu?.choose('Small');
    await eventually(() => expect(desktop.boxes[0]?.options.detail).toBe('This model is gone.'));
  });

  test('speak the language of the settings at once, and take their theme', async () => {
    const { settings } = await start({ settings: { theme: 'dark' } });
    expect(desktop.menuBar?.labels()).toContain('New Chat');
    expect(nativeTheme.themeSource).toBe('dark');
    settings.update({ language: 'zh' });
    await eventually(() => expect(desktop.menuBar?.labels()).toContain('新建对话'));
  });

  test('send their commands to the chat window, shown for it', async () => {
    const { chatWindow } = await start();
    const page = openPage(chatWindow);
    chatWindow.pressClose();
    desktop.menuBar?.choose('New Chat');
    await eventually(() => expect(page.heard).toContainEqual({ type: 'command', command: 'newChat' }));
    expect(chatWindow.visible).toBe(true);
    desktop.menuBar?.choose('Show Data Folder');
    expect(desktop.openedPaths).toEqual([folder]);
  });

  test('are set where panels report no clicks', async () => {
    await start({ platform: 'linux' });
    expect(desktop.tray?.image.file).toBe('/app/tray/idle.png');
    await eventually(() =>
      expect(desktop.tray?.menu?.labels()).toEqual(expect.arrayContaining(['Quick Chat', 'Small'])),
    );
    desktop.tray?.menu?.choose('Quit Clawdbot');
    expect(app.quits).toBe(1);
  });
});

describe('a page that is in trouble', () => {
  test('is loaded again after a crash, with new ports and a word about it', async () => {
    const { chatWindow, log } = await start();
    const before = openPage(chatWindow);
    chatWindow.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    await eventually(() => expect(chatWindow.webContents.handedOver).toHaveLength(2));
    const after = openPage(chatWindow);
    await eventually(() => expect(after.heard).toContainEqual({ type: 'notice', notice: 'pageRestarted' }));
    expect(before.heard).not.toContainEqual({ type: 'notice', notice: 'pageRestarted' });
    expect((await after.client.app.info()).version).toBe('0.1.0');
    expect(log.error).toHaveBeenCalledOnce();
  });

  test('is asked about when it crashes again and again', async () => {
    const { chatWindow } = await start();
    for (let crash = 0; crash < 4; crash += 1) {
      chatWindow.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    }
    expect(desktop.boxes.map(({ options }) => options.message)).toEqual(['The Clawdbot window keeps crashing.']);
    const loads = chatWindow.loaded.length;
    desktop.boxes[0]?.answer(1);
    await eventually(() => expect(chatWindow.loaded).toHaveLength(loads + 1));
    expect(app.quits).toBe(0);
  });

  test('that does not respond can be waited for or loaded again, and the question goes when it responds', async () => {
    const { chatWindow } = await start();
    chatWindow.emit('unresponsive');
    chatWindow.emit('unresponsive');
    expect(desktop.boxes).toHaveLength(1);
    chatWindow.emit('responsive');
    await eventually(() => {
      chatWindow.emit('unresponsive');
      expect(desktop.boxes).toHaveLength(2);
    });
    desktop.boxes[1]?.answer(1);
    await eventually(() => expect(chatWindow.loaded).toHaveLength(2));
  });

  test('whose address is foreign gets no line to the core', async () => {
    const { chatWindow, log } = await start();
    chatWindow.webContents.url = 'https://evil.example/';
    chatWindow.webContents.emit('did-finish-load');
    expect(chatWindow.webContents.handedOver).toHaveLength(1);
    expect(log.error).toHaveBeenCalledOnce();
  });
});

test('nothing is left when the shell has ended', async () => {
  const { shell, chatWindow, quickWindow } = await start();
  shell[Symbol.dispose]();
  expect([chatWindow.destroyed, quickWindow.destroyed, desktop.tray?.destroyed]).toEqual([true, true, true]);
  expect(desktop.shortcuts.size).toBe(0);
  for (const emitter of [app, powerMonitor, nativeTheme]) expect(emitter.eventNames()).toEqual([]);
});

test('a folder is chosen in the dialog of the system, from the chat window only', async () => {
  const { chatWindow, quickWindow } = await start();
  const [page, quickPage] = [openPage(chatWindow), openPage(quickWindow)];
  desktop.chosenFolder = '/home/me/Papers';
  quickPage.send({ type: 'chooseFolder' });
  page.send({ type: 'chooseFolder' });
  await eventually(() => expect(page.heard).toContainEqual({ type: 'folderChosen', path: '/home/me/Papers' }));
  desktop.chosenFolder = '';
  page.send({ type: 'chooseFolder' });
  await eventually(() => expect(page.heard).toContainEqual({ type: 'folderChosen', path: null }));
  expect(page.heard.filter(({ type }) => type === 'folderChosen')).toHaveLength(2);
  expect(quickPage.heard.filter(({ type }) => type === 'folderChosen')).toEqual([]);
});

describe('printing', () => {
  /** The page to print, once its window has its ports. */
  async function printPage() {
    await eventually(() => expect(desktop.window('print').webContents.handedOver).toHaveLength(1));
    const window = desktop.window('print');
    return { window, page: openPage(window) };
  }

  test('is chosen from the menu, which asks the page what is on screen', async () => {
    const { chatWindow } = await start();
    const page = openPage(chatWindow);
    desktop.menuBar?.choose('Export as PDF…');
    desktop.menuBar?.choose('Print…');
    await eventually(() =>
      expect(page.heard).toEqual(
        expect.arrayContaining([
          { type: 'command', command: 'exportPdf' },
          { type: 'command', command: 'print' },
        ]),
      ),
    );
  });

  test('as PDF asks where to, prints a page that nobody sees when it is ready, and says so', async () => {
    const { chatWindow } = await start();
    const chatPage = openPage(chatWindow);
    desktop.saveTo = path.join(folder, 'Ice.pdf');
    chatPage.send({ type: 'print', conversationId: 'c1', title: 'Ice: a/b', to: 'pdf' });
    const { window, page } = await printPage();
    expect(window.loaded).toEqual(['clawdbot-app://app/index.html?surface=print#/c/c1']);
    expect(window.visible).toBe(false);
    expect(desktop.saves[0]?.defaultPath).toBe('/home/me/documents/Ice a b.pdf');
    page.send({ type: 'printProgress', fraction: 0.5 });
    await eventually(() => expect(chatWindow.progress).toContain(0.5));
    expect(window.webContents.prints).toEqual([]);
    page.send({ type: 'printReady' });
    await eventually(() => expect(chatPage.heard).toContainEqual({ type: 'notice', notice: 'pdfSaved' }));
    expect(await readFile(desktop.saveTo, 'utf8')).toBe('%PDF-');
    expect(window.webContents.prints).toMatchObject([{ to: 'pdf', options: { preferCSSPageSize: true } }]);
    expect([window.destroyed, chatWindow.progress.at(-1)]).toEqual([true, -1]);
  });

  test('is given up without a word when the person changes their mind', async () => {
    const { chatWindow } = await start();
    const chatPage = openPage(chatWindow);
    chatPage.send({ type: 'print', conversationId: null, title: '', to: 'pdf' });
    await eventually(() => expect(desktop.saves).toHaveLength(1));
    expect(desktop.saves[0]?.defaultPath).toBe('/home/me/documents/Clawdbot.pdf');
    chatPage.send({ type: 'print', conversationId: null, title: '', to: 'printer' });
    const { window, page } = await printPage();
    expect(window.loaded[0]).toMatch(/#\/all$/);
    window.webContents.printed = { done: false, reason: 'Print job canceled' };
    page.send({ type: 'printReady' });
    await eventually(() => expect(window.destroyed).toBe(true));
    expect(desktop.boxes).toEqual([]);
  });

  test('one at a time, and a failure is said', async () => {
    const { chatWindow } = await start();
    const chatPage = openPage(chatWindow);
    chatPage.send({ type: 'print', conversationId: 'c1', title: '', to: 'printer' });
    const { window, page } = await printPage();
    chatPage.send({ type: 'print', conversationId: 'c2', title: '', to: 'printer' });
    await eventually(() => expect(chatPage.heard).toContainEqual({ type: 'notice', notice: 'printBusy' }));
    page.send({ type: 'printFailed' });
    await eventually(() => expect(desktop.boxes).toHaveLength(1));
    expect(window.destroyed).toBe(true);
  });

  test('is not for other windows to ask for', async () => {
    const { quickWindow, chatWindow } = await start();
    openPage(quickWindow).send({ type: 'print', conversationId: null, title: '', to: 'printer' });
    const chatPage = openPage(chatWindow);
    chatPage.send({ type: 'print', conversationId: 'c1', title: '', to: 'printer' });
    const { window } = await printPage();
    expect(window.loaded[0]).toMatch(/#\/c\/c1$/);
  });
});
