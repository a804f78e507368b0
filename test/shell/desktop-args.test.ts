import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { appArguments } from '../../electron/shell/desktop-args.ts';
import { locateDesktopFiles } from '../../electron/shell/desktop-files.ts';

describe('the arguments of the app', () => {
  test('begin after the executable, and unpackaged after the folder of the app', () => {
    expect(appArguments(['/Applications/Clawdbot', '--model', 'a.gguf'], true)).toEqual(['--model', 'a.gguf']);
    expect(appArguments(['electron', '.', '--model', 'a.gguf'], false)).toEqual(['--model', 'a.gguf']);
  });

  test("leave out Chromium's switches and the Finder's number, and keep a mistyped flag to be told", () => {
    expect(
      appArguments(
        [
          'x',
          '--no-sandbox',
          '-psn_0_12345',
          '--ozone-platform=wayland',
          '--inspect=0',
          '--modle',
          'a',
          '--no-sandboxes',
        ],
        true,
      ),
    ).toEqual(['--modle', 'a', '--no-sandboxes']);
  });
});

describe('the files of the app', () => {
  const root = path.resolve(import.meta.dirname, '../..');

  test('are found in the archive and beside it', () => {
    expect(locateDesktopFiles('/A/app.asar', '/A', true)).toEqual({
      rendererFolder: '/A/app.asar/dist/renderer',
      preload: '/A/app.asar/dist/preload/preload.cjs',
      engineHost: '/A/app.asar/dist/engine/host.js',
      extractionHost: '/A/app.asar/dist/documents/host.js',
      checker: '/A/app.asar/dist/checker/checker.js',
      bundledModels: '/A/models',
      trayImages: '/A/tray',
    });
  });

  test('are found in the repository', () => {
    expect(existsSync(locateDesktopFiles(root, '/unused', false).trayImages)).toBe(true);
  });
});
