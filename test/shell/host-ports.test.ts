import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { readDesktopMemory } from '../../electron/shell/desktop-memory.ts';
import { engineEnvironment, readExit, wrapChildProcess } from '../../electron/shell/child-process.ts';
import { createDesktopSecrets, type KeySafe } from '../../electron/shell/sealed-key.ts';
import { createSettingsFile } from '../../electron/shell/settings-file.ts';
import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import { spiedLog } from './spied-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-desktop-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A keychain of one user; another `user` cannot read what this one sealed. */
function fakeSafe(user = 'a', change: Partial<KeySafe> = {}): KeySafe {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`${user}:${[...text].toReversed().join('')}`)),
    decryptStringAsync(sealed) {
      const [owner, text = ''] = sealed.toString().split(':');
      if (owner !== user) return Promise.reject(new Error('decryption failed'));
      return Promise.resolve({ result: [...text].toReversed().join(''), shouldReEncrypt: false });
    },
    ...change,
  };
}

function secrets(safe: KeySafe, change: { hasKeyFile?: boolean; platform?: NodeJS.Platform } = {}) {
  const onKeyInFile = vi.fn();
  const plainKey = new Uint8Array(32).fill(7);
  const made = createDesktopSecrets({
    safe,
    dataDirectory: folder,
    platform: change.platform ?? 'darwin',
    keyFile: { databaseKey: () => Promise.resolve(plainKey) },
    hasKeyFile: () => change.hasKeyFile ?? false,
    database: path.join(folder, 'clawdbot.db'),
    onKeyInFile,
  });
  return { made, onKeyInFile, plainKey };
}

describe('the key of the database on the desktop', () => {
  test('is made once, sealed by the keychain, and the same at every start', async () => {
    const first = await secrets(fakeSafe()).made.databaseKey();
    const second = await secrets(fakeSafe()).made.databaseKey();
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    const file = path.join(folder, 'database.key.sealed');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'latin1')).includes(Buffer.from(first).toString('base64'))).toBe(false);
    expect(await readdir(folder)).toEqual(['database.key.sealed']);
  });

  test('asked for twice at the same time is made once', async () => {
    const { made } = secrets(fakeSafe());
    const [one, other] = await Promise.all([made.databaseKey(), made.databaseKey()]);
    expect(one).toEqual(other);
  });

  test.each([
    ['no keychain can be had', fakeSafe('a', { isAsyncEncryptionAvailable: () => Promise.resolve(false) }), 'darwin'],
    ['Linux would only scramble it', fakeSafe('a', { getSelectedStorageBackend: () => 'basic_text' }), 'linux'],
  ] as const)('lies in a plain file, and that is said, when %s', async (_when, safe, platform) => {
    const { made, onKeyInFile, plainKey } = secrets(safe, { platform });
    expect(await made.databaseKey()).toEqual(plainKey);
    expect(onKeyInFile).toHaveBeenCalledOnce();
    expect(await readdir(folder)).toEqual([]);
  });

  test('is the one in the file when a headless start has made the database', async () => {
    const { made, onKeyInFile, plainKey } = secrets(fakeSafe(), { hasKeyFile: true });
    expect(await made.databaseKey()).toEqual(plainKey);
    expect(onKeyInFile).toHaveBeenCalledOnce();
  });

  test("that this user's keychain cannot open is an error with a next step, and nothing is overwritten", async () => {
    await secrets(fakeSafe('someone else')).made.databaseKey();
    const before = await readFile(path.join(folder, 'database.key.sealed'));
    const failure = await secrets(fakeSafe('me'))
      .made.databaseKey()
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(hasCode(failure, 'DATABASE_KEY_WRONG')).toBe(true);
    expect(await readFile(path.join(folder, 'database.key.sealed'))).toEqual(before);
  });

  test('that the keychain refuses to take is an error with a next step, and no key is left half kept', async () => {
    const refusing = fakeSafe('a', { encryptStringAsync: () => Promise.reject(new Error('user canceled')) });
    await expect(secrets(refusing).made.databaseKey()).rejects.toMatchObject({
      code: 'DATABASE_KEY_WRONG',
      message: expect.stringContaining('allow Clawdbot'),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that was damaged is not silently replaced', async () => {
    await writeFile(path.join(folder, 'database.key.sealed'), 'a:tohs');
    await expect(secrets(fakeSafe()).made.databaseKey()).rejects.toMatchObject({ code: 'DATABASE_KEY_WRONG' });
  });

  test('is not replaced by a new one when it is gone and the database is not', async () => {
    await writeFile(path.join(folder, 'clawdbot.db'), 'conversations');
    await expect(secrets(fakeSafe()).made.databaseKey()).rejects.toMatchObject({ code: 'DATABASE_KEY_WRONG' });
    expect(await readdir(folder)).toEqual(['clawdbot.db']);
  });

  test('is sealed again when the keychain has a better way', async () => {
    const key = await secrets(fakeSafe()).made.databaseKey();
    const old = fakeSafe();
    const rotated = fakeSafe('a', {
      decryptStringAsync: async (sealed) => ({ ...(await old.decryptStringAsync(sealed)), shouldReEncrypt: true }),
      encryptStringAsync: (text) => fakeSafe('new').encryptStringAsync(text),
    });
    expect(await secrets(rotated).made.databaseKey()).toEqual(key);
    expect(await secrets(fakeSafe('new')).made.databaseKey()).toEqual(key);
  });
});

describe('the settings on disk', () => {
  const settings = () => {
    const file = path.join(folder, 'settings.json');
    return {
      file,
      made: createSettingsFile(file, (options) => new Conf({ ...options, cwd: folder, configName: 'settings' })),
    };
  };

  test('are empty at first and come back as they were written', async () => {
    const { made, file } = settings();
    expect(made.read()).toEqual({});
    made.write({ language: 'zh', quickChatShortcut: 'Alt+Space' });
    expect(settings().made.read()).toEqual({ language: 'zh', quickChatShortcut: 'Alt+Space' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test.each(['{ "language": "zh", }', '', '[]', 'null', '"text"'])(
    'that do not parse (%s) are reported and never overwritten',
    async (content) => {
      const { made, file } = settings();
      await writeFile(file, content);
      for (const action of [() => made.read(), () => made.write({ language: 'en' })]) {
        expect(action).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }));
        expect(await readFile(file, 'utf8')).toBe(content);
      }
    },
  );

  test('that were damaged by hand while the app runs are not overwritten either', async () => {
    const { made, file } = settings();
    made.write({ language: 'zh' });
    await writeFile(file, '{ damaged');
    expect(() => made.write({ language: 'en' })).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }));
    expect(await readFile(file, 'utf8')).toBe('{ damaged');
  });
});

test('a fault of the program is not taken for one of the settings file', () => {
  const made = createSettingsFile(path.join(folder, 'settings.json'), () => {
    throw new TypeError('x is not a function');
  });
  expect(() => made.read()).toThrow(TypeError);
});

describe("the engine's process", () => {
  test('gets what native code needs and no secrets', () => {
    expect(
      engineEnvironment({
        PATH: '/bin',
        HOME: '/home/me',
        LC_ALL: 'C',
        GGML_METAL_NDEBUG: '1',
        OPENAI_API_KEY: 'secret',
        AWS_SECRET_ACCESS_KEY: 'secret',
        NODE_OPTIONS: '--inspect',
        ELECTRON_RUN_AS_NODE: '1',
        DYLD_INSERT_LIBRARIES: '/tmp/x.dylib',
        LD_PRELOAD: '/tmp/x.so',
        UV_THREADPOOL_SIZE: '64',
      }),
    ).toEqual({ PATH: '/bin', HOME: '/home/me', LC_ALL: 'C', GGML_METAL_NDEBUG: '1', UV_THREADPOOL_SIZE: '1' });
  });

  test('that ends by a signal is told from one that ends by itself', () => {
    expect(readExit(0, 'darwin')).toEqual({ code: 0, signal: null });
    expect(readExit(1, 'darwin')).toEqual({ code: 1, signal: null });
    expect(readExit(constants.signals.SIGABRT, 'darwin')).toEqual({ code: null, signal: 'SIGABRT' });
    expect(readExit(constants.signals.SIGSEGV + 128, 'linux')).toEqual({ code: null, signal: 'SIGSEGV' });
    expect(readExit(constants.signals.SIGKILL, 'linux')).toEqual({ code: null, signal: 'SIGKILL' });
    expect(readExit(6, 'win32')).toEqual({ code: 6, signal: null });
  });

  test('is spoken to like any other engine process', () => {
    const listeners = new Map<string, (value: never) => void>();
    const child = {
      pid: 4711,
      stdout: null,
      stderr: null,
      postMessage: vi.fn(),
      on: (event: string, listener: (value: never) => void) => listeners.set(event, listener),
      once: (event: string, listener: (value: never) => void) => listeners.set(event, listener),
      kill: vi.fn(() => true),
    };
    const killProcess = vi.fn(() => true);
    const wrapped = wrapChildProcess(child, 'linux', spiedLog(), killProcess);
    const onReport = vi.fn();
    const onExit = vi.fn();
    wrapped.onReport(onReport);
    wrapped.onExit(onExit);
    wrapped.send({ type: 'shutdown' });
    Reflect.apply(listeners.get('message') ?? vi.fn(), undefined, [{ type: 'ready' }]);
    Reflect.apply(listeners.get('exit') ?? vi.fn(), undefined, [constants.signals.SIGKILL]);
    wrapped.kill();
    expect(wrapped.processId).toBe(4711);
    expect(child.postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'shutdown' });
    expect(onReport).toHaveBeenCalledExactlyOnceWith({ type: 'ready' });
    expect(onExit).toHaveBeenCalledExactlyOnceWith({ code: null, signal: 'SIGKILL', lastLines: [] });
    expect(killProcess).toHaveBeenCalledExactlyOnceWith(4711);
    expect(child.kill).not.toHaveBeenCalled();

    killProcess.mockReturnValue(false);
    wrapped.kill();
    expect(child.kill).toHaveBeenCalledOnce();
  });
});

describe('the memory of the machine', () => {
  const unlimited = { constrainedBytes: 0, residentBytes: 200 * 1024 };

  test('on a Mac counts the caches that are given up under pressure', () => {
    const system = { total: 16_000, free: 300, fileBacked: 5_000, purgeable: 700 };
    expect(readDesktopMemory(system, unlimited, 'darwin')).toEqual({
      totalBytes: 16_000 * 1024,
      availableBytes: 6_000 * 1024,
    });
  });

  test("on Linux is the kernel's own estimate", () => {
    const system = { total: 16_000, free: 300, available: 9_000 };
    expect(readDesktopMemory(system, unlimited, 'linux').availableBytes).toBe(9_000 * 1024);
  });

  test('is no more than the limit set on the process, less what it uses already', () => {
    const system = { total: 16_000, free: 300, available: 9_000 };
    const limited = { constrainedBytes: 1_000 * 1024, residentBytes: 200 * 1024 };
    expect(readDesktopMemory(system, limited, 'linux')).toEqual({
      totalBytes: 1_000 * 1024,
      availableBytes: 800 * 1024,
    });
    const absurd = { constrainedBytes: 2 ** 63, residentBytes: 0 };
    expect(readDesktopMemory(system, absurd, 'linux').totalBytes).toBe(16_000 * 1024);
  });
});
