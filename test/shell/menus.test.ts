import { describe, expect, test, vi } from 'vitest';

import { appMenuTemplate } from '../../electron/shell/app-menu.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { contextMenuTemplate } from '../../electron/shell/context-menu.ts';
import type { MenuActions } from '../../electron/shell/menu-actions.ts';
import { chooseShellLanguage, shellTexts } from '../../electron/shell/texts.ts';
import { trayMenuTemplate } from '../../electron/shell/tray-menu.ts';
import type { ModelList } from '../../shared/contract/index.ts';

type MenuItem = ReturnType<typeof appMenuTemplate>[number];

function fakeActions(): MenuActions {
  return {
    command: vi.fn(),
    toggleQuick: vi.fn(),
    openWindow: vi.fn(),
    showDataFolder: vi.fn(),
    useModel: vi.fn(),
    setOpenAtLogin: vi.fn(),
    quit: vi.fn(),
  };
}

function flatten(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

/** Chooses an entry the way Electron does, less the arguments that ours do not take. */
function choose(item: MenuItem | undefined): void {
  if (item?.click) Reflect.apply(item.click, undefined, []);
}

function labels(items: readonly MenuItem[]): string[] {
  return flatten(items)
    .filter((item) => item.type !== 'separator')
    .map((item) => item.label ?? '');
}

const models: ModelList = {
  models: [
    createModelInfo({ id: 'a', state: { kind: 'loaded' } }),
    createModelInfo({ id: 'b', state: { kind: 'onDisk' } }),
    createModelInfo({ id: 'c', state: { kind: 'doesNotFit', neededBytes: 2, freeBytes: 1 } }),
    createModelInfo({ id: 'd', state: { kind: 'unusable', reason: 'The file is cut off.' } }),
  ],
  defaultModelId: 'b',
  folder: '/models',
  pinnedIds: [],
};

function trayMenu(change: Partial<Parameters<typeof trayMenuTemplate>[0]> = {}) {
  return trayMenuTemplate({
    texts: shellTexts('en'),
    models,
    quickChatShortcut: 'Alt+Space',
    openAtLogin: false,
    actions: fakeActions(),
    ...change,
  });
}

describe('the words of the shell', () => {
  test('are all there in both languages, and Chinese where they can be', () => {
    const english: Record<string, unknown> = { ...shellTexts('en') };
    const chinese: Record<string, unknown> = { ...shellTexts('zh') };
    expect(Object.keys(chinese).toSorted()).toEqual(Object.keys(english).toSorted());
    for (const [key, value] of Object.entries(chinese)) {
      if (key === 'trayIdle') continue;
      for (const text of typeof value === 'string' ? [value] : Object.values(Object(value))) {
        expect(text, key).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  test('follow the setting, else the first system language that is known, else English', () => {
    expect(chooseShellLanguage('zh', ['en-GB'])).toBe('zh');
    expect(chooseShellLanguage('system', ['de-DE', 'zh-Hans-CN', 'en-US'])).toBe('zh');
    expect(chooseShellLanguage('system', ['de-DE', 'fr'])).toBe('en');
    expect(chooseShellLanguage('system', ['zh_CN'])).toBe('zh');
    expect(chooseShellLanguage('system', ['zhx', 'en'])).toBe('en');
  });
});

describe('the menu bar', () => {
  test.each(['darwin', 'linux'] as const)('has a label of ours on every entry, in both languages (%s)', (platform) => {
    const build = (language: 'en' | 'zh') =>
      labels(appMenuTemplate({ platform, texts: shellTexts(language), actions: fakeActions(), developer: true }));
    const english = build('en');
    const chinese = build('zh');
    expect(english).not.toContain('');
    expect(chinese).toHaveLength(english.length);
    for (const label of chinese.filter((text) => text !== 'Clawdbot')) expect(label).toMatch(/\p{Script=Han}/u);
  });

  test('has the application menu on a Mac only, and always a way to the settings and out', () => {
    const build = (platform: NodeJS.Platform) =>
      appMenuTemplate({ platform, texts: shellTexts('en'), actions: fakeActions(), developer: false });
    expect(build('darwin')[0]?.label).toBe('Clawdbot');
    expect(build('linux')[0]?.label).toBe('File');
    for (const platform of ['darwin', 'linux'] as const) {
      expect(labels(build(platform))).toEqual(expect.arrayContaining(['Settings…', 'Quit Clawdbot']));
      expect(labels(build(platform))).not.toContain('Developer Tools');
    }
  });

  test('uses no key twice', () => {
    const items = flatten(
      appMenuTemplate({ platform: 'darwin', texts: shellTexts('en'), actions: fakeActions(), developer: true }),
    );
    const keys = items.flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]));
    expect(keys.length).toBeGreaterThan(4);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('sends its commands to the window', () => {
    const actions = fakeActions();
    const items = flatten(appMenuTemplate({ platform: 'darwin', texts: shellTexts('en'), actions, developer: false }));
    for (const item of items) if (item.role === undefined) choose(item);
    expect(vi.mocked(actions.command).mock.calls.flat().toSorted()).toEqual(
      ['exportPdf', 'find', 'newChat', 'palette', 'print', 'search', 'settings', 'toggleSidebar'].toSorted(),
    );
    expect(actions.toggleQuick).toHaveBeenCalledOnce();
    expect(actions.showDataFolder).toHaveBeenCalledOnce();
  });
});

describe('the menu of the tray icon', () => {
  test('lists the models, marks the default, and says why one cannot be chosen', () => {
    const submenu = trayMenu().find((item) => item.label === 'Model')?.submenu;
    const items = Array.isArray(submenu) ? submenu : [];
    expect(items.map(({ label, checked, enabled }) => [label, checked, enabled])).toEqual([
      ['Model a', false, true],
      ['Model b', true, true],
      ['Model c — does not fit in memory', false, false],
      ['Model d — cannot be used', false, false],
    ]);
  });

  test('chooses a model, switches the login item, opens and quits', () => {
    const actions = fakeActions();
    for (const item of flatten(trayMenu({ actions }))) if (item.enabled !== false) choose(item);
    expect(vi.mocked(actions.useModel).mock.calls.flat()).toEqual(['a', 'b']);
    expect(actions.setOpenAtLogin).toHaveBeenCalledExactlyOnceWith(true);
    expect(actions.openWindow).toHaveBeenCalledOnce();
    expect(actions.quit).toHaveBeenCalledOnce();
    expect(actions.command).toHaveBeenCalledExactlyOnceWith('settings');
  });

  test('says that there is no model rather than showing an empty menu', () => {
    expect(
      labels(trayMenu({ models: { models: [], defaultModelId: null, folder: '/models', pinnedIds: [] } })),
    ).toContain('No model found');
  });

  test('shows the shortcut only while it works, and never registers it itself', () => {
    expect(trayMenu()[0]).toMatchObject({ accelerator: 'Alt+Space', registerAccelerator: false });
    expect(trayMenu({ quickChatShortcut: undefined })[0]).not.toHaveProperty('accelerator');
  });

  test('leaves out the login item where the system has none', () => {
    expect(labels(trayMenu())).toContain('Open at Login');
    expect(labels(trayMenu({ openAtLogin: null }))).not.toContain('Open at Login');
  });

  test('is complete in Chinese', () => {
    const chinese = trayMenu({ texts: shellTexts('zh') });
    for (const label of chinese.flatMap((item) => (item.label === undefined ? [] : [item.label]))) {
      expect(label).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('the menu of the other mouse button', () => {
  const editFlags = {
    canUndo: true,
    canRedo: false,
    canCut: true,
    canCopy: true,
    canPaste: true,
    canDelete: true,
    canSelectAll: true,
    canEditRichly: false,
  };

  test('offers editing in a field, with what is impossible greyed out', () => {
    const items = contextMenuTemplate(
      { isEditable: true, selectionText: '', linkURL: '', editFlags },
      shellTexts('en'),
      vi.fn(),
    );
    expect(items.map((item) => item.role)).toEqual(['undo', 'redo', undefined, 'cut', 'copy', 'paste', 'selectAll']);
    expect(items[1]?.enabled).toBe(false);
  });

  test('offers copying of selected words and of harmless links, and nothing on empty ground', () => {
    const copy = vi.fn();
    const items = contextMenuTemplate(
      { isEditable: false, selectionText: 'words', linkURL: 'https://example.org/a', editFlags },
      shellTexts('en'),
      copy,
    );
    expect(labels(items)).toEqual(['Copy', 'Copy Link']);
    choose(items[1]);
    expect(copy).toHaveBeenCalledExactlyOnceWith('https://example.org/a');
    expect(
      contextMenuTemplate(
        { isEditable: false, selectionText: ' ', linkURL: 'javascript:alert(1)', editFlags },
        shellTexts('en'),
        copy,
      ),
    ).toEqual([]);
  });
});
