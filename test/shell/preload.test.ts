import { EventEmitter } from 'node:events';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const ipcRenderer = vi.hoisted(() => {
  const listeners = new Map<string, (event: { ports: unknown[] }, ...args: unknown[]) => void>();
  return {
    exposed: new Map<string, unknown>(),
    listeners,
    on: (channel: string, listener: (event: { ports: unknown[] }, ...args: unknown[]) => void) =>
      void listeners.set(channel, listener),
  };
});
vi.mock('electron', () => ({
  ipcRenderer,
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => void ipcRenderer.exposed.set(name, value) },
  webUtils: { getPathForFile: ({ name }: File) => `/home/me/${name}` },
}));

/** As much of a page's window as a preload sees. */
function fakePage(readyState: string) {
  const events = new EventEmitter();
  const posted: { message: unknown; origin: string; ports: unknown[] }[] = [];
  const window = {
    addEventListener: (name: string, listener: () => void) => events.once(name, listener),
    postMessage: (message: unknown, origin: string, ports: unknown[]) => posted.push({ message, origin, ports }),
  };
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', { readyState });
  vi.stubGlobal('location', { origin: 'clawdbot-app://app' });
  return { posted, load: () => events.emit('load'), global: Object.keys(window) };
}

const deliver = (facts: unknown, ports: unknown[]) => ipcRenderer.listeners.get('clawdbot:port')?.({ ports }, facts);
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  ipcRenderer.listeners.clear();
  ipcRenderer.exposed.clear();
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

describe('the preload', () => {
  test('hands the ports to its own page, with the facts, after the page has loaded', async () => {
    const page = fakePage('loading');
    await import('../../electron/shell/preload.ts');
    deliver({ surface: 'chat', platform: 'darwin' }, ['rpc', 'shell']);
    await settled();
    expect(page.posted).toEqual([]);
    page.load();
    await settled();
    expect(page.posted).toEqual([
      {
        message: { type: 'clawdbot:port', surface: 'chat', platform: 'darwin' },
        origin: 'clawdbot-app://app',
        ports: ['rpc', 'shell'],
      },
    ]);
  });

  test('does so at once when the page was there first, and keeps the order of two hand-overs', async () => {
    const page = fakePage('complete');
    await import('../../electron/shell/preload.ts');
    deliver({ surface: 'quick', platform: 'linux' }, ['first']);
    deliver({ surface: 'quick', platform: 'linux' }, ['second']);
    await settled();
    expect(page.posted.map(({ ports }) => ports)).toEqual([['first'], ['second']]);
  });

  test('passes on known facts only, and gives the page nothing but where lies what was dropped on it', async () => {
    const page = fakePage('complete');
    await import('../../electron/shell/preload.ts');
    deliver({ surface: 'chat', platform: 'darwin', secret: 'x' }, []);
    await settled();
    expect(Object.keys(Object(page.posted[0]?.message)).toSorted()).toEqual(['platform', 'surface', 'type']);
    expect(page.global).toEqual(['addEventListener', 'postMessage']);
    expect([...ipcRenderer.listeners.keys()]).toEqual(['clawdbot:port']);
    expect([...ipcRenderer.exposed.keys()]).toEqual(['clawdbotDrop']);
    const bridge = Object(ipcRenderer.exposed.get('clawdbotDrop'));
    expect(Object.keys(bridge)).toEqual(['pathOf']);
    expect(bridge.pathOf(new File([], 'Papers'))).toBe('/home/me/Papers');
  });
});
