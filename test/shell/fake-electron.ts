import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/**
 * As much of Electron as the shell uses, without a screen: windows that only remember, menus that can be chosen from,
 * ports that are real. Stands in for the module `electron` by `vi.mock('electron', () => import('./fake-electron.ts'))`.
 */

/** Electron's port, made of Node's: the events wrap the message. */
class FakePort {
  readonly raw: MessagePort;

  constructor(raw: MessagePort) {
    this.raw = raw;
  }

  on(event: string, listener: (event: { data: unknown }) => void): this {
    this.raw.on(event === 'close' ? 'close' : 'message', (data: unknown) => listener({ data }));
    return this;
  }

  postMessage(message: unknown): void {
    this.raw.postMessage(message);
  }

  start(): void {
    this.raw.start();
  }

  close(): void {
    this.raw.close();
  }
}

export class MessageChannelMain {
  readonly port1: FakePort;
  readonly port2: FakePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

interface HandedOver {
  readonly channel: string;
  readonly facts: unknown;
  readonly rpc: MessagePort;
  readonly shell: MessagePort;
}

class FakeContents extends EventEmitter {
  url = '';
  readonly handedOver: HandedOver[] = [];
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  getURL(): string {
    return this.url;
  }

  postMessage(channel: string, facts: unknown, ports: FakePort[]): void {
    const [rpc, shell] = ports;
    if (!rpc || !shell || ports.length !== 2) throw new Error(`${ports.length} ports were handed over`);
    this.handedOver.push({ channel, facts, rpc: rpc.raw, shell: shell.raw });
    desktop.onHandOver(this.url);
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler;
  }

  /** What was printed: to a file, or on a printer that the person chooses or not. */
  readonly prints: { readonly to: 'pdf' | 'printer'; readonly options: object }[] = [];
  pdf: Buffer | Error = Buffer.from('%PDF-');
  printed: { readonly done: boolean; readonly reason: string } = { done: true, reason: '' };

  printToPDF(options: object): Promise<Buffer> {
    this.prints.push({ to: 'pdf', options });
    return this.pdf instanceof Error ? Promise.reject(this.pdf) : Promise.resolve(this.pdf);
  }

  print(options: object, callback: (done: boolean, reason: string) => void): void {
    this.prints.push({ to: 'printer', options });
    callback(this.printed.done, this.printed.reason);
  }

  isDevToolsFocused(): boolean {
    return false;
  }

  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }

  /** Emits a cancellable event; true when it was prevented. */
  attempt(event: string, details: object): boolean {
    let prevented = false;
    this.emit(event, { ...details, preventDefault: () => (prevented = true) });
    return prevented;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: Record<string, unknown>;
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  visible = false;
  destroyed = false;
  fullScreen = false;
  maximised = false;
  minimised = false;
  bounds: { x: number; y: number; width: number; height: number };

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    const { x, y, width, height } = options;
    this.bounds = { x: Number(x ?? 0), y: Number(y ?? 0), width: Number(width), height: Number(height) };
    desktop.windows.push(this);
  }

  /** Loads at once; the events come after the caller has finished, as they do in Electron. */
  loadURL(address: string): Promise<void> {
    this.loaded.push(address);
    this.webContents.url = address;
    return Promise.resolve().then(() => {
      if (this.destroyed) return;
      this.emit('ready-to-show');
      this.webContents.emit('did-finish-load');
    });
  }

  show(): void {
    this.calls.push('show');
    this.visible = true;
  }

  hide(): void {
    this.calls.push('hide');
    this.visible = false;
    this.emit('hide');
  }

  focus(): void {
    this.calls.push('focus');
  }

  /** What the person does with the red button or the keyboard; true when the window is still there. */
  pressClose(): boolean {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
    return prevented;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.emit('closed');
  }

  isDestroyed = (): boolean => this.destroyed;
  isVisible = (): boolean => this.visible;
  isFullScreen = (): boolean => this.fullScreen;
  isMinimized = (): boolean => this.minimised;
  isMaximized = (): boolean => this.maximised;
  getBounds = () => this.bounds;
  getNormalBounds = () => this.bounds;
  setBounds = (bounds: Partial<BrowserWindow['bounds']>): void => void (this.bounds = { ...this.bounds, ...bounds });
  /** On the app's icon; negative is none. */
  readonly progress: number[] = [];
  setProgressBar = (fraction: number): void => void this.progress.push(fraction);
  setVisibleOnAllWorkspaces = (...args: unknown[]): void =>
    void this.calls.push(`allWorkspaces ${JSON.stringify(args)}`);
  setBackgroundColor = (colour: string): void => void this.calls.push(`colour ${colour}`);

  maximize(): void {
    this.maximised = true;
  }

  restore(): void {
    this.minimised = false;
  }

  setFullScreen(full: boolean): void {
    this.fullScreen = full;
    if (!full) this.emit('leave-full-screen');
  }
}

interface Item {
  readonly label?: string;
  readonly submenu?: Item[];
  readonly click?: () => void;
}

class FakeMenu {
  readonly items: Item[];

  constructor(items: Item[]) {
    this.items = items;
  }

  popup(): void {
    desktop.popups.push(this);
  }

  /** Chooses the entry with this label, wherever it is. */
  choose(label: string, items: readonly Item[] = this.items): void {
    const found = flatten(items).find((item) => item.label === label);
    if (!found?.click) throw new Error(`There is no entry "${label}" to choose.`);
    found.click();
  }

  labels(): string[] {
    return flatten(this.items).flatMap((item) => (item.label === undefined ? [] : [item.label]));
  }
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flatten(item.submenu ?? [])]);
}

export const Menu = {
  buildFromTemplate: (items: Item[]) => new FakeMenu(items),
  setApplicationMenu: (menu: FakeMenu) => void (desktop.menuBar = menu),
};

export class Tray extends EventEmitter {
  image: FakeImage;
  tooltip = '';
  menu: FakeMenu | undefined;
  destroyed = false;

  constructor(image: FakeImage) {
    super();
    this.image = image;
    desktop.tray = this;
  }

  /** Files of the pictures it showed, one after the other. */
  readonly shown: string[] = [];

  setImage = (image: FakeImage): void => {
    this.image = image;
    this.shown.push(image.file);
  };
  setToolTip = (text: string): void => void (this.tooltip = text);
  setContextMenu = (menu: FakeMenu): void => void (this.menu = menu);
  popUpContextMenu = (menu: FakeMenu): void => void (this.menu = menu);
  setIgnoreDoubleClickEvents = (): void => undefined;
  isDestroyed = (): boolean => this.destroyed;
  destroy = (): void => void (this.destroyed = true);
}

interface FakeImage {
  readonly file: string;
  template: boolean;
  setTemplateImage(template: boolean): void;
}

export const nativeImage = {
  createFromPath: (file: string): FakeImage => ({
    file,
    template: false,
    setTemplateImage(template) {
      this.template = template;
    },
  }),
};

class FakeApp extends EventEmitter {
  isPackaged = false;
  hidden = false;
  active = false;
  startedAtLogin = false;
  languages = ['en-GB'];
  quits = 0;

  reset(): void {
    this.removeAllListeners();
    Object.assign(this, {
      isPackaged: false,
      hidden: false,
      active: false,
      startedAtLogin: false,
      languages: ['en-GB'],
      quits: 0,
    });
  }

  isHidden = (): boolean => this.hidden;
  isActive = (): boolean => this.active;
  show = (): void => void (this.hidden = false);
  hide = (): void => void (this.hidden = true);
  quit = (): void => void (this.quits += 1);
  getPath = (name: string): string => `/home/me/${name}`;
  getPreferredSystemLanguages = (): string[] => this.languages;
  getLoginItemSettings = () => ({ openAtLogin: this.startedAtLogin, wasOpenedAtLogin: this.startedAtLogin });
  setLoginItemSettings = (): void => undefined;
}

/** What the shell did to the desktop, and what a person can do to it. */
class Desktop {
  windows: BrowserWindow[] = [];
  menuBar: FakeMenu | undefined;
  popups: FakeMenu[] = [];
  tray: Tray | undefined;
  shortcuts = new Map<string, () => void>();
  /** Shortcuts other apps hold. */
  taken: string[] = [];
  protocols = new Map<string, (request: Request) => Promise<Response>>();
  openedLinks: string[] = [];
  openedPaths: string[] = [];
  /** Where the person lets something be saved; empty when they change their mind. */
  saveTo = '';
  chosenFolder = '';
  saves: { readonly defaultPath: string }[] = [];
  boxes: { options: { message: string; detail: string }; answer: (response: number) => void }[] = [];
  clipboard = '';
  onHandOver: (address: string) => void = () => undefined;
  displays = [{ id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } }];

  reset(): void {
    Object.assign(this, new Desktop());
  }

  window(surface: string): BrowserWindow {
    const found = this.windows.findLast(
      (window) => !window.destroyed && window.loaded[0]?.includes(`surface=${surface}`),
    );
    if (!found) throw new Error(`There is no ${surface} window.`);
    return found;
  }
}

export const desktop = new Desktop();
export const app = new FakeApp();
export const powerMonitor = Object.assign(new EventEmitter(), {
  getCurrentThermalState: () => 'nominal',
  isOnBatteryPower: () => false,
});

/** A fresh desktop for the next test. */
export function reset(): void {
  desktop.reset();
  app.reset();
  powerMonitor.removeAllListeners();
  Object.assign(nativeTheme, { themeSource: 'system', shouldUseDarkColors: false });
}

export const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false });

export const globalShortcut = {
  register(accelerator: string, callback: () => void): boolean {
    if (desktop.taken.includes(accelerator) || desktop.shortcuts.has(accelerator)) return false;
    desktop.shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: string): void => void desktop.shortcuts.delete(accelerator),
};

export const screen = {
  getPrimaryDisplay: () => desktop.displays[0],
  getAllDisplays: () => desktop.displays,
  getCursorScreenPoint: () => ({ x: 10, y: 10 }),
  getDisplayNearestPoint: () => desktop.displays[0],
  getDisplayMatching: () => desktop.displays[0],
};

export const protocol = {
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void =>
    void desktop.protocols.set(scheme, handler),
};

export const session = {
  defaultSession: {
    handlers: new Map<string, unknown>(),
    setPermissionRequestHandler(handler: unknown) {
      this.handlers.set('request', handler);
    },
    setPermissionCheckHandler(handler: unknown) {
      this.handlers.set('check', handler);
    },
    setDevicePermissionHandler(handler: unknown) {
      this.handlers.set('device', handler);
    },
    webRequest: { onBeforeRequest: () => undefined },
  },
};

export const shell = {
  openExternal: (address: string): Promise<void> => Promise.resolve(void desktop.openedLinks.push(address)),
  openPath: (file: string): Promise<string> => Promise.resolve(desktop.openedPaths.push(file) > 0 ? '' : 'never'),
};

export const clipboard = { writeText: (text: string): void => void (desktop.clipboard = text) };

type BoxOptions = { message: string; detail: string; signal?: AbortSignal };

export const dialog = {
  showSaveDialog(options: { defaultPath: string }): Promise<{ canceled: boolean; filePath: string }> {
    desktop.saves.push(options);
    return Promise.resolve({ canceled: desktop.saveTo === '', filePath: desktop.saveTo });
  },
  showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    const { chosenFolder } = desktop;
    return Promise.resolve({ canceled: chosenFolder === '', filePaths: chosenFolder === '' ? [] : [chosenFolder] });
  },
  showMessageBox(...args: [unknown, BoxOptions] | [BoxOptions]): Promise<{ response: number }> {
    const options = args.length === 2 ? args[1] : args[0];
    const { promise, resolve } = Promise.withResolvers<{ response: number }>();
    options.signal?.addEventListener('abort', () => resolve({ response: 0 }));
    desktop.boxes.push({ options, answer: (response) => resolve({ response }) });
    return promise;
  },
};
