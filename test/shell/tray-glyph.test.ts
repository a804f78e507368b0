import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { shellTexts } from '../../electron/shell/texts.ts';
import { chooseTrayGlyph, trayImageFile, trayTooltip, type TrayGlyph } from '../../electron/shell/tray-glyph.ts';

const glyphs: readonly TrayGlyph[] = ['idle', 'working', 'hot', 'cloud'];
const images = path.resolve(import.meta.dirname, '../../build/icons/tray');

/** Width and height out of a PNG's header. */
function sizeOf(file: string): [number, number] {
  const png = readFileSync(file);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the tray icon', () => {
  test('shows first that words leave the machine, then that it is hot, then that it works', () => {
    expect(chooseTrayGlyph({ working: false, hot: false, cloud: false })).toBe('idle');
    expect(chooseTrayGlyph({ working: true, hot: false, cloud: false })).toBe('working');
    expect(chooseTrayGlyph({ working: true, hot: true, cloud: false })).toBe('hot');
    expect(chooseTrayGlyph({ working: true, hot: true, cloud: true })).toBe('cloud');
  });

  test.each(glyphs)('has a picture for %s in both densities, a template on a Mac', (glyph) => {
    for (const platform of ['darwin', 'linux'] as const) {
      const name = trayImageFile(glyph, platform);
      const file = path.join(images, name);
      expect(sizeOf(file)).toEqual([16, 16]);
      expect(sizeOf(file.replace('.png', '@2x.png'))).toEqual([32, 32]);
      // AppKit takes a picture for a template by this ending alone.
      expect(name.endsWith('Template.png')).toBe(platform === 'darwin');
    }
    expect(existsSync(path.join(images, `${glyph}.svg`))).toBe(true);
  });

  test('says in words what its picture means', () => {
    const spoken = glyphs.map((glyph) => trayTooltip(glyph, shellTexts('en')));
    expect(new Set(spoken).size).toBe(glyphs.length);
  });
});
