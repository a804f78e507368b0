import type { ShellTexts } from './texts.ts';

export type TrayGlyph = 'idle' | 'working' | 'hot' | 'cloud';

export interface TrayActivity {
  /** An answer is being written. */
  readonly working: boolean;
  /** The machine slows itself down because of heat. */
  readonly hot: boolean;
  /** Words are leaving the machine for a cloud model. */
  readonly cloud: boolean;
}

/** What leaves the machine matters most, then what slows it down, then that it works at all. */
export function chooseTrayGlyph({ working, hot, cloud }: TrayActivity): TrayGlyph {
  if (cloud) return 'cloud';
  if (hot) return 'hot';
  return working ? 'working' : 'idle';
}

/**
 * The picture of a glyph. On a Mac a template the menu bar colours itself (its name must end in `Template`); elsewhere
 * a coloured one, because panels do not say whether they are light or dark. `@2x` is found by Electron itself.
 */
export function trayImageFile(glyph: TrayGlyph, platform: NodeJS.Platform): string {
  return platform === 'darwin' ? `${glyph}Template.png` : `${glyph}.png`;
}

export function trayTooltip(glyph: TrayGlyph, texts: ShellTexts): string {
  switch (glyph) {
    case 'idle':
      return texts.trayIdle;
    case 'working':
      return texts.trayWorking;
    case 'hot':
      return texts.trayHot;
    case 'cloud':
      return texts.trayCloud;
  }
}
