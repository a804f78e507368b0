import { app, screen } from 'electron';

import { quickMinHeightPx, quickWidthPx, type ShellEvent } from '../../shared/contract/index.ts';
import { createPageWindow, type PageHost, type PageWindow } from './page-window.ts';
import { planQuickBounds, planQuickHeight } from './quick-bounds.ts';

export interface QuickWindow extends Disposable {
  toggle(): void;
  /** Hides it; `giveBack` also returns the focus to the app that had it. */
  hide(options: { giveBack: boolean }): void;
  resize(heightPx: number): void;
  send(event: ShellEvent): void;
}

export interface QuickWindowOptions {
  readonly host: PageHost;
  /** Another window of ours is on the screen, so hiding the whole app would take it away. */
  readonly otherWindowVisible: () => boolean;
}

/**
 * A click on the tray icon takes the focus away first and then asks to toggle: without this pause the window would be
 * hidden by the one and shown again by the other.
 */
const toggleAfterBlurMs = 300;

/** Quick chat: made hidden at the start, so that showing it is only showing. */
export function createQuickWindow({ host, otherWindowVisible }: QuickWindowOptions): QuickWindow {
  const mac = host.platform === 'darwin';
  let heightPx = quickMinHeightPx;
  let blurredAtMs = -Infinity;
  let disposed = false;
  let page = make();

  function make(): PageWindow {
    const made = createPageWindow(host, 'quick', {
      width: quickWidthPx,
      height: heightPx,
      title: 'Clawdbot',
      frame: false,
      // A panel takes the keyboard without making our app the active one: Esc leaves the other app as it was.
      ...(mac ? { type: 'panel' } : { skipTaskbar: true }),
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      alwaysOnTop: true,
      hiddenInMissionControl: true,
      acceptFirstMouse: true,
    });
    const { window } = made;
    // A panel floats over full-screen apps by itself; changing the process type would hide the Dock icon for a moment.
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    window.on('blur', () => {
      if (!window.isVisible() || window.webContents.isDevToolsFocused()) return;
      blurredAtMs = host.clock.now();
      window.hide();
    });
    window.on('close', (event) => {
      if (disposed) return;
      event.preventDefault();
      hide({ giveBack: true });
    });
    return made;
  }

  function show(): void {
    if (page.window.isDestroyed()) page = make();
    const { window } = page;
    if (mac && app.isHidden()) app.show();
    window.setBounds(planQuickBounds(activeDisplay().workArea, heightPx));
    window.show();
    window.focus();
    page.send({ type: 'quickShown' });
  }

  function hide({ giveBack }: { giveBack: boolean }): void {
    const { window } = page;
    if (window.isDestroyed() || !window.isVisible()) return;
    window.hide();
    // Only an active app has a focus to give back, and hiding it would take its other windows along.
    if (giveBack && mac && app.isActive() && !otherWindowVisible()) app.hide();
  }

  return {
    toggle() {
      if (!page.window.isDestroyed() && page.window.isVisible()) return hide({ giveBack: true });
      if (host.clock.now() - blurredAtMs < toggleAfterBlurMs) return;
      show();
    },
    hide,
    resize(wantedPx) {
      heightPx = wantedPx;
      if (page.window.isDestroyed()) return;
      const { window } = page;
      const bounds = window.getBounds();
      const height = planQuickHeight(screen.getDisplayMatching(bounds).workArea, bounds.y, wantedPx);
      // Only the height: where it stands is the person's, who may have moved it.
      if (height !== bounds.height) window.setBounds({ ...bounds, height });
    },
    send: (event) => page.send(event),
    [Symbol.dispose]() {
      disposed = true;
      page[Symbol.dispose]();
    },
  };
}

function activeDisplay() {
  return screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
}
