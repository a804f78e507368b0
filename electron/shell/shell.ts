import path from 'node:path';

import { app, dialog, globalShortcut, Menu, nativeTheme, powerMonitor, protocol, session, shell } from 'electron';
import type { MessagePortMain } from 'electron';

import type { ModelList, Settings, ShellNotice, ShellRequest, Surface } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { createDirectClient } from '../rpc/direct-client.ts';
import { createAppFiles } from './app-files.ts';
import { appMenuTemplate } from './app-menu.ts';
import { createChatWindow } from './chat-window.ts';
import { explainError } from './explain-error.ts';
import { follow } from './follow.ts';
import { askForFolder } from './folder-dialog.ts';
import { guardSession } from './guard.ts';
import { appOrigin, appScheme } from './link-policy.ts';
import { createLoginItem } from './login-item.ts';
import type { MenuActions } from './menu-actions.ts';
import type { PageHost } from './page-window.ts';
import { createPrinting } from './printing.ts';
import { createQuickWindow } from './quick-window.ts';
import { runningAfter } from './running-conversations.ts';
import { optionsIgnored } from './second-start.ts';
import { createShortcut } from './shortcut.ts';
import { chooseShellLanguage, shellTexts } from './texts.ts';
import { createTrayIcon } from './tray.ts';
import { chooseTrayGlyph } from './tray-glyph.ts';
import { trayMenuTemplate } from './tray-menu.ts';
import { createWindowState } from './window-state.ts';

export interface ShellOptions {
  /** The contract, called in this process. */
  readonly client: ReturnType<typeof createDirectClient>;
  /** Answers the contract on a window's port; returns what ends it. */
  readonly serve: (port: MessagePortMain, surface: Surface) => () => void;
  /** Gives out what a page wants to save. */
  readonly exportFile: Transfer['export'];
  readonly settings: Settings;
  readonly platform: PageHost['platform'];
  readonly dataDirectory: string;
  readonly rendererFolder: string;
  readonly preload: string;
  readonly trayImages: string;
  /** The arguments of this start. */
  readonly args: readonly string[];
  /** What the person should be told once the window is there. */
  readonly notices: readonly ShellNotice[];
  readonly quitting: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Shell extends Disposable {
  showChat(): void;
  /** The app was started again, with these arguments. */
  secondStart(args: readonly string[]): void;
}

/** Everything of the desktop that is no page: windows, tray, menu, shortcut. Needs `app` to be ready. */
export function createShell(options: ShellOptions): Shell {
  const { client, platform, log } = options;
  const ended = new AbortController();
  const notices = [...options.notices];
  let settings = options.settings;
  let models: ModelList = { models: [], defaultModelId: null, pinnedIds: [], folder: '' };
  let running: ReadonlySet<string> = new Set();
  let hot = false;

  const openExternal = (address: string) => shell.openExternal(address);
  const language = () => chooseShellLanguage(settings.language, app.getPreferredSystemLanguages());
  const texts = () => shellTexts(language());

  guardSession(session.defaultSession, log);
  protocol.handle(appScheme, createAppFiles(options.rendererFolder, options.exportFile));

  const host: PageHost = {
    platform,
    preload: options.preload,
    page: `${appOrigin}/index.html`,
    texts,
    serve: options.serve,
    onRequest: answer,
    onHandOver(surface) {
      if (surface === 'print') return;
      const page = surface === 'chat' ? chat : quick;
      page.send({ type: 'shortcut', accelerator: shortcut.accelerator, state: shortcut.state });
      if (surface === 'chat') for (const notice of notices.splice(0)) chat.send({ type: 'notice', notice });
    },
    openExternal,
    quit: () => app.quit(),
    clock: options.clock,
    log,
  };
  const state = createWindowState(path.join(options.dataDirectory, 'window.json'), log);
  const chat = createChatWindow({ host, state, quitting: options.quitting });
  const quick = createQuickWindow({ host, otherWindowVisible: () => chat.visible });

  function answer(surface: Surface, request: ShellRequest): void {
    switch (request.type) {
      case 'hideQuick':
        if (surface === 'quick') quick.hide({ giveBack: true });
        return;
      case 'resizeQuick':
        if (surface === 'quick') quick.resize(request.heightPx);
        return;
      case 'continueInWindow':
        quick.hide({ giveBack: false });
        chat.show();
        chat.send({ type: 'openConversation', conversationId: request.conversationId });
        return;
      case 'openSettings':
        quick.hide({ giveBack: false });
        actions.command('settings');
        return;
      case 'print':
        if (surface === 'chat') printing.begin(request);
        return;
      case 'chooseFolder':
        if (surface === 'chat') chooseFolder();
        return;
      case 'printProgress':
      case 'printReady':
      case 'printFailed':
        if (surface === 'print') printing.onRequest(request);
        return;
    }
  }

  const tell = (error: unknown): void => {
    if (isCancellation(error)) return;
    log.warn({ err: error }, 'something asked for in a menu failed');
    dialog.showMessageBox({ type: 'warning', ...explainError(error, language()) }).catch((failure: unknown) => {
      log.error({ err: failure }, 'a failure could not be shown');
    });
  };
  function chooseFolder(): void {
    askForFolder(texts())
      .catch((error: unknown) => {
        tell(error);
        return null;
      })
      .then((chosen) => chat.send({ type: 'folderChosen', path: chosen }))
      .catch(tell);
  }
  const printing = createPrinting({
    host,
    notify: (notice) => chat.send({ type: 'notice', notice }),
    onProgress: (fraction) => chat.showProgress(fraction),
    tell,
  });
  const loginItem = createLoginItem(app, { platform, packaged: app.isPackaged });
  const actions: MenuActions = {
    command(command) {
      chat.show();
      chat.send({ type: 'command', command });
    },
    toggleQuick: () => quick.toggle(),
    openWindow: () => chat.show(),
    showDataFolder() {
      shell
        .openPath(options.dataDirectory)
        .then((failure) => (failure === '' ? undefined : tell(new Error(failure))))
        .catch(tell);
    },
    useModel: (modelId) => void client.models.use({ modelId }).catch(tell),
    setOpenAtLogin(open) {
      loginItem.set(open);
      tray.menuChanged();
    },
    quit: () => app.quit(),
  };

  const shortcut = createShortcut({
    registry: globalShortcut,
    onPress: () => quick.toggle(),
    onState(accelerator, shortcutState) {
      log.info({ accelerator, state: shortcutState }, 'the global shortcut was set');
      chat.send({ type: 'shortcut', accelerator, state: shortcutState });
      quick.send({ type: 'shortcut', accelerator, state: shortcutState });
      tray.menuChanged();
    },
  });
  const tray = createTrayIcon({
    platform,
    imageFolder: options.trayImages,
    menu: () =>
      trayMenuTemplate({
        texts: texts(),
        models,
        quickChatShortcut: shortcut.state === 'registered' ? shortcut.accelerator : undefined,
        openAtLogin: loginItem.openAtLogin,
        actions,
      }),
    onClick: () => quick.toggle(),
  });

  const drawTray = (): void => tray.show(chooseTrayGlyph({ working: running.size > 0, hot, cloud: false }), texts());
  const drawMenus = (): void => {
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(appMenuTemplate({ platform, texts: texts(), actions, developer: !app.isPackaged })),
    );
    tray.menuChanged();
    drawTray();
  };
  const apply = (next: Settings): void => {
    settings = next;
    nativeTheme.themeSource = next.theme;
    drawMenus();
    if (next.quickChatShortcut.trim() !== shortcut.accelerator) shortcut.set(next.quickChatShortcut);
  };
  apply(settings);

  const watching = { signal: ended.signal, log };
  void follow((signal) => client.app.watchSettings(undefined, { signal }), apply, watching);
  void follow(
    (signal) => client.models.watch(undefined, { signal }),
    (list) => {
      models = list;
      tray.menuChanged();
    },
    watching,
  );
  void follow(
    (signal) => client.chat.watchConversations(undefined, { signal }),
    (event) => {
      running = runningAfter(running, event);
      drawTray();
    },
    watching,
  );

  const onThermal = ({ state: thermal }: { state: string }): void => {
    hot = thermal === 'serious' || thermal === 'critical';
    drawTray();
  };
  if (platform === 'darwin') {
    powerMonitor.on('thermal-state-change', onThermal);
    onThermal({ state: powerMonitor.getCurrentThermalState() });
  }
  const showChat = (): void => chat.show();
  app.on('activate', showChat);
  if (!loginItem.startedAtLogin) chat.show();

  return {
    showChat,
    secondStart(args) {
      chat.show();
      if (optionsIgnored(options.args, args)) chat.send({ type: 'notice', notice: 'optionsIgnored' });
    },
    [Symbol.dispose]() {
      ended.abort();
      app.off('activate', showChat);
      powerMonitor.off('thermal-state-change', onThermal);
      shortcut[Symbol.dispose]();
      tray[Symbol.dispose]();
      printing[Symbol.dispose]();
      quick[Symbol.dispose]();
      chat[Symbol.dispose]();
    },
  };
}
