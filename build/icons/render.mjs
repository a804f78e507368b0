// Renders the SVG masters beside this file to the PNGs that are committed: `node build/icons/render.mjs [CHROMIUM]`.
// electron-builder makes the .icns out of icon.png.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { chromium } from 'playwright-core';

const folder = import.meta.dirname;
const executablePath = process.argv[2] ?? '/usr/bin/chromium';

const appSizes = [16, 32, 48, 64, 128, 256, 512];
const glyphs = ['idle', 'working', 'hot', 'cloud'];
// The colour of a glyph outside the Mac's menu bar, where nothing colours it: readable on light and on dark panels.
const panelColour = '#5b8fd0';

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] });
const page = await browser.newPage({ deviceScaleFactor: 1 });

async function render(svg, sizePx, output) {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  const sized = svg.replace(/<svg /, `<svg width="${sizePx}" height="${sizePx}" `);
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${sized}`);
  await mkdir(path.dirname(output), { recursive: true });
  await writeFile(output, await page.screenshot({ omitBackground: true, type: 'png' }));
}

const app = await readFile(path.join(folder, 'app.svg'), 'utf8');
for (const size of appSizes) await render(app, size, path.join(folder, 'app', `${size}x${size}.png`));
await render(app, 1024, path.join(folder, 'icon.png'));

for (const glyph of glyphs) {
  const svg = await readFile(path.join(folder, 'tray', `${glyph}.svg`), 'utf8');
  for (const [suffix, sizePx] of [
    ['', 16],
    ['@2x', 32],
  ]) {
    await render(svg, sizePx, path.join(folder, 'tray', `${glyph}Template${suffix}.png`));
    const coloured = svg.replaceAll('currentColor', panelColour);
    await render(coloured, sizePx, path.join(folder, 'tray', `${glyph}${suffix}.png`));
  }
}
await browser.close();
