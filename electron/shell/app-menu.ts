import type { MenuItemConstructorOptions } from 'electron';

import type { MenuActions } from './menu-actions.ts';
import type { ShellTexts } from './texts.ts';

export interface AppMenuOptions {
  readonly platform: NodeJS.Platform;
  readonly texts: ShellTexts;
  readonly actions: Pick<MenuActions, 'command' | 'toggleQuick' | 'showDataFolder'>;
  /** Developer tools and reload; never in a packaged app. */
  readonly developer: boolean;
}

type Items = MenuItemConstructorOptions[];

/**
 * The menu bar. Every entry carries its own label, because Electron's roles speak English only.
 * A page that handles one of these keys itself and prevents the default keeps it; the menu then stays silent.
 */
export function appMenuTemplate(options: AppMenuOptions): Items {
  const { platform, texts } = options;
  const mac = platform === 'darwin';
  const menus: Items = [
    { label: texts.file, submenu: fileItems(options, mac) },
    { label: texts.edit, submenu: editItems(texts) },
    { label: texts.view, submenu: viewItems(options) },
    { role: 'window', label: texts.window, submenu: windowItems(texts, mac) },
    {
      role: 'help',
      label: texts.help,
      submenu: [{ label: texts.showDataFolder, click: options.actions.showDataFolder }],
    },
  ];
  return mac ? [{ label: 'Clawdbot', submenu: appItems(options) }, ...menus] : menus;
}

function settingsItem({ texts, actions }: AppMenuOptions): MenuItemConstructorOptions {
  return { label: texts.settings, accelerator: 'CommandOrControl+,', click: () => actions.command('settings') };
}

function appItems(options: AppMenuOptions): Items {
  const { texts } = options;
  return [
    { role: 'about', label: texts.about },
    { type: 'separator' },
    settingsItem(options),
    { type: 'separator' },
    { role: 'services', label: texts.services },
    { type: 'separator' },
    { role: 'hide', label: texts.hide },
    { role: 'hideOthers', label: texts.hideOthers },
    { role: 'unhide', label: texts.showAll },
    { type: 'separator' },
    { role: 'quit', label: texts.quit },
  ];
}

function fileItems(options: AppMenuOptions, mac: boolean): Items {
  const { texts, actions } = options;
  return [
    { label: texts.newChat, accelerator: 'CommandOrControl+N', click: () => actions.command('newChat') },
    { label: texts.quickChat, click: actions.toggleQuick },
    { type: 'separator' },
    { label: texts.exportPdf, accelerator: 'CommandOrControl+Shift+P', click: () => actions.command('exportPdf') },
    { label: texts.print, accelerator: 'CommandOrControl+P', click: () => actions.command('print') },
    { type: 'separator' },
    { role: 'close', label: texts.closeWindow, accelerator: 'CommandOrControl+W' },
    ...(mac
      ? []
      : ([{ type: 'separator' }, settingsItem(options), { role: 'quit', label: texts.quit }] satisfies Items)),
  ];
}

function editItems(texts: ShellTexts): Items {
  return [
    { role: 'undo', label: texts.undo },
    { role: 'redo', label: texts.redo },
    { type: 'separator' },
    { role: 'cut', label: texts.cut },
    { role: 'copy', label: texts.copy },
    { role: 'paste', label: texts.paste },
    { role: 'pasteAndMatchStyle', label: texts.pasteAndMatchStyle },
    { role: 'selectAll', label: texts.selectAll },
  ];
}

function viewItems({ texts, actions, developer }: AppMenuOptions): Items {
  return [
    { label: texts.find, accelerator: 'CommandOrControl+F', click: () => actions.command('find') },
    { label: texts.search, accelerator: 'CommandOrControl+Shift+F', click: () => actions.command('search') },
    { label: texts.commandPalette, accelerator: 'CommandOrControl+K', click: () => actions.command('palette') },
    { label: texts.toggleSidebar, accelerator: 'CommandOrControl+\\', click: () => actions.command('toggleSidebar') },
    { type: 'separator' },
    { role: 'resetZoom', label: texts.actualSize },
    { role: 'zoomIn', label: texts.zoomIn },
    { role: 'zoomOut', label: texts.zoomOut },
    { type: 'separator' },
    { role: 'togglefullscreen', label: texts.fullScreen },
    ...(developer ? ([{ role: 'toggleDevTools', label: texts.developerTools }] satisfies Items) : []),
  ];
}

function windowItems(texts: ShellTexts, mac: boolean): Items {
  return [
    { role: 'minimize', label: texts.minimise },
    { role: 'zoom', label: texts.zoom },
    ...(mac ? ([{ type: 'separator' }, { role: 'front', label: texts.bringAllToFront }] satisfies Items) : []),
  ];
}
