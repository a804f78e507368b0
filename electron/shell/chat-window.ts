import { screen } from 'electron';

import type { ShellEvent } from '../../shared/contract/index.ts';
import { createPageWindow, type PageHost, type PageWindow } from './page-window.ts';
import { chatMinimum, planChatBounds, type Bounds } from './window-bounds.ts';
import type { WindowState } from './window-state.ts';

export interface ChatWindow extends Disposable {
  /** Brings it to the front, made anew if it is gone. */
  show(): void;
  /** Reaches a window that was shown at least once; one that comes later is told how things are by itself. */
  send(event: ShellEvent): void;
  /** From 0 to 1 on the app's icon; undefined for none. */
  showProgress(fraction: number | undefined): void;
  readonly visible: boolean;
}

export interface ChatWindowOptions {
  readonly host: PageHost;
  readonly state: WindowState;
  /** While the app is quitting, closing means closing; otherwise it means hiding. */
  readonly quitting: () => boolean;
}

/** The big window. Closing it hides it, so that it is back at once with what was typed into it. */
export function createChatWindow({ host, state, quitting }: ChatWindowOptions): ChatWindow {
  let page: PageWindow | undefined;
  let ready = false;
  let wanted = false;

  const remember = ({ window }: PageWindow): void => {
    if (window.isDestroyed() || window.isFullScreen() || window.isMinimized()) return;
    state.write({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  };

  const make = (): PageWindow => {
    const saved = state.read();
    const made = createPageWindow(host, 'chat', {
      ...planChatBounds(saved?.bounds, workAreas()),
      minWidth: chatMinimum.width,
      minHeight: chatMinimum.height,
      title: 'Clawdbot',
      ...(host.platform === 'darwin'
        ? { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 18, y: 17 } }
        : { autoHideMenuBar: true }),
    });
    const { window } = made;
    ready = false;
    window.once('ready-to-show', () => {
      ready = true;
      if (saved?.maximised === true) window.maximize();
      if (wanted) window.show();
    });
    window.on('blur', () => remember(made));
    window.on('hide', () => remember(made));
    window.on('close', (event) => {
      remember(made);
      if (quitting()) return;
      event.preventDefault();
      wanted = false;
      // Hiding a full-screen window on a Mac leaves an empty black space behind.
      if (!window.isFullScreen()) return window.hide();
      window.once('leave-full-screen', () => window.hide());
      window.setFullScreen(false);
    });
    window.on('closed', () => {
      made[Symbol.dispose]();
      if (page === made) page = undefined;
    });
    return made;
  };

  return {
    show() {
      wanted = true;
      const { window } = (page ??= make());
      if (!ready) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    send: (event) => page?.send(event),
    showProgress(fraction) {
      // A negative one takes it away.
      if (page && !page.window.isDestroyed()) page.window.setProgressBar(fraction ?? -1);
    },
    get visible() {
      return page !== undefined && !page.window.isDestroyed() && page.window.isVisible();
    },
    [Symbol.dispose]() {
      if (page) remember(page);
      page?.[Symbol.dispose]();
    },
  };
}

function workAreas(): [Bounds, ...Bounds[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary.workArea, ...others.map((display) => display.workArea)];
}
