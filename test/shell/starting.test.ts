import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createLoginItem } from '../../electron/shell/login-item.ts';
import { planRecovery } from '../../electron/shell/page-recovery.ts';
import { optionsIgnored, trySecondStart } from '../../electron/shell/second-start.ts';
import { createWindowState } from '../../electron/shell/window-state.ts';
import { spiedLog } from './spied-log.ts';

describe('a second start', () => {
  test('hands over its arguments, and anything else is no second start', () => {
    expect(trySecondStart({ args: ['--model', 'a.gguf'] })).toEqual({ args: ['--model', 'a.gguf'] });
    for (const bad of [undefined, null, {}, { args: 'x' }, { args: [1] }, { args: Array(1_000).fill('') }]) {
      expect(trySecondStart(bad)).toBeUndefined();
    }
  });

  test('with other options than the running app has is told that they had no effect', () => {
    expect(optionsIgnored([], [])).toBe(false);
    expect(optionsIgnored(['--model', 'a'], [])).toBe(false);
    expect(optionsIgnored(['--model', 'a'], ['--model', 'a'])).toBe(false);
    expect(optionsIgnored([], ['--model', 'a'])).toBe(true);
    expect(optionsIgnored(['--model', 'a'], ['--model', 'b'])).toBe(true);
  });
});

describe('a page whose process has ended', () => {
  test('is started again, until it does so four times within a minute', () => {
    expect(planRecovery([1_000], 1_000)).toBe('reload');
    expect(planRecovery([1_000, 2_000, 3_000], 3_000)).toBe('reload');
    expect(planRecovery([1_000, 2_000, 3_000, 4_000], 4_000)).toBe('ask');
    expect(planRecovery([1_000, 2_000, 3_000, 64_000], 64_000)).toBe('reload');
  });
});

describe('the login item', () => {
  const items = (settings: { openAtLogin: boolean; wasOpenedAtLogin?: boolean }) => ({
    getLoginItemSettings: () => settings,
    setLoginItemSettings: vi.fn(),
  });

  test('is switched on a Mac', () => {
    const fake = items({ openAtLogin: true, wasOpenedAtLogin: true });
    const item = createLoginItem(fake, { platform: 'darwin', packaged: true });
    expect([item.openAtLogin, item.startedAtLogin]).toEqual([true, true]);
    item.set(false);
    expect(fake.setLoginItemSettings).toHaveBeenCalledExactlyOnceWith({ openAtLogin: false });
  });

  test.each([
    ['linux', true],
    ['darwin', false],
  ] as const)('is left alone where it would not work (%s, installed: %s)', (platform, packaged) => {
    const fake = items({ openAtLogin: false });
    const item = createLoginItem(fake, { platform, packaged });
    expect([item.openAtLogin, item.startedAtLogin]).toEqual([null, false]);
    item.set(true);
    expect(fake.setLoginItemSettings).not.toHaveBeenCalled();
  });
});

describe('the place of the window', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-window-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is remembered from one start to the next', async () => {
    const file = path.join(folder, 'window.json');
    const saved = { bounds: { x: -10, y: 20, width: 900, height: 700 }, maximised: true };
    createWindowState(file, spiedLog()).write(saved);
    expect(createWindowState(file, spiedLog()).read()).toEqual(saved);
    expect(await readFile(file, 'utf8')).toBe(JSON.stringify(saved));
  });

  test.each(['', '{', '[]', '{"bounds":{"x":1}}', '{"bounds":{"x":0.5,"y":0,"width":9,"height":9},"maximised":false}'])(
    'is forgotten when its file holds %s',
    async (content) => {
      const file = path.join(folder, 'window.json');
      await writeFile(file, content);
      expect(createWindowState(file, spiedLog()).read()).toBeUndefined();
    },
  );

  test('that cannot be stored is logged and disturbs nobody', () => {
    const log = spiedLog();
    const state = createWindowState(path.join(folder, 'missing/window.json'), log);
    state.write({ bounds: { x: 0, y: 0, width: 900, height: 700 }, maximised: false });
    expect(log.warn).toHaveBeenCalledOnce();
  });
});
