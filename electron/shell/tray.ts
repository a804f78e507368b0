import path from 'node:path';

import { Menu, nativeImage, Tray } from 'electron';
import type { MenuItemConstructorOptions, NativeImage } from 'electron';

import { trayImageFile, trayTooltip, type TrayGlyph } from './tray-glyph.ts';
import type { ShellTexts } from './texts.ts';

export interface TrayIcon extends Disposable {
  show(glyph: TrayGlyph, texts: ShellTexts): void;
  /** The menu has to be made again. */
  menuChanged(): void;
}

export interface TrayIconOptions {
  readonly platform: NodeJS.Platform;
  readonly imageFolder: string;
  readonly menu: () => MenuItemConstructorOptions[];
  readonly onClick: () => void;
}

/** The icon in the menu bar: a click opens quick chat, the other button opens the menu. */
export function createTrayIcon({ platform, imageFolder, menu, onClick }: TrayIconOptions): TrayIcon {
  const images = new Map<TrayGlyph, NativeImage>();
  const image = (glyph: TrayGlyph): NativeImage => {
    const known = images.get(glyph);
    if (known) return known;
    const made = nativeImage.createFromPath(path.join(imageFolder, trayImageFile(glyph, platform)));
    made.setTemplateImage(platform === 'darwin');
    images.set(glyph, made);
    return made;
  };

  const tray = new Tray(image('idle'));
  let shown: TrayGlyph = 'idle';
  // A menu that is set would open on every click of a Mac; elsewhere many panels report no clicks at all.
  const menuOnRequest = platform === 'darwin';
  const menuChanged = (): void => {
    if (!menuOnRequest) tray.setContextMenu(Menu.buildFromTemplate(menu()));
  };
  tray.on('click', onClick);
  if (menuOnRequest) tray.on('right-click', () => tray.popUpContextMenu(Menu.buildFromTemplate(menu())));
  // Two quick clicks are two clicks.
  tray.setIgnoreDoubleClickEvents(true);
  menuChanged();

  return {
    show(glyph, texts) {
      tray.setToolTip(trayTooltip(glyph, texts));
      if (glyph === shown) return;
      shown = glyph;
      tray.setImage(image(glyph));
    },
    menuChanged,
    [Symbol.dispose]() {
      if (!tray.isDestroyed()) tray.destroy();
    },
  };
}
