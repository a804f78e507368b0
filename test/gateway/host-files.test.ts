import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { prepareDataDirectory } from '../../electron/gateway/data-directory.ts';
import { createKeyFile } from '../../electron/gateway/key-file.ts';
import { locateFiles } from '../../electron/gateway/locate-files.ts';
import { createLogFile } from '../../electron/gateway/log-file.ts';
import { browserOpener, openBrowser } from '../../electron/gateway/open-browser.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { silentLog } from '../fakes/silent-log.ts';

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

describe('the data directory', () => {
  test('is made with its parents, for this user alone', async () => {
    const directory = path.join(await emptyFolder(), 'a/b');
    prepareDataDirectory(directory);
    expect(await modeOf(directory)).toBe('700');
  });

  test('is closed to others when it was open', async () => {
    const directory = await emptyFolder();
    await chmod(directory, 0o755);
    prepareDataDirectory(directory);
    expect(await modeOf(directory)).toBe('700');
  });

  test('that cannot be one is refused with the reason', async () => {
    const folder = await emptyFolder();
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const refused = (reason: RegExp) =>
      expect.objectContaining({ code: 'DATA_DIRECTORY_UNUSABLE', message: expect.stringMatching(reason) });
    expect(() => prepareDataDirectory(file)).toThrow(refused(/file of that name.*--data-dir/));
    expect(() => prepareDataDirectory(path.join(file, 'below'))).toThrow(refused(/a part of the path is a file/));
    expect(() => prepareDataDirectory(path.join(folder, 'x'.repeat(300)))).toThrow(refused(/too long/));
  });

  test.skipIf(process.getuid?.() === 0)('that this user may not write is refused', async () => {
    const directory = await emptyFolder();
    await chmod(directory, 0o500);
    expect(() => prepareDataDirectory(path.join(directory, 'below'))).toThrow(/may not read and write it/);
  });

  test.runIf(process.getuid?.() === 0)('of another user is refused, even where the system would allow it', async () => {
    const directory = await emptyFolder();
    const { chown } = await import('node:fs/promises');
    await chown(directory, 12_345, 12_345);
    expect(() => prepareDataDirectory(directory)).toThrow(/belongs to another user/);
  });
});

describe('the key file', () => {
  const keyOf = (folder: string, log = silentLog) =>
    createKeyFile({
      path: path.join(folder, 'database.key'),
      database: path.join(folder, 'clawdbot.db'),
      log,
    }).databaseKey();

  test('is made once, random, for this user alone', async () => {
    const folder = await emptyFolder();
    const key = await keyOf(folder);
    expect(key).toHaveLength(32);
    expect(await keyOf(folder)).toEqual(key);
    expect(await keyOf(await emptyFolder())).not.toEqual(key);
    expect(await modeOf(path.join(folder, 'database.key'))).toBe('600');
  });

  test('that others could read is closed to them, and the log says so', async () => {
    const folder = await emptyFolder();
    const key = await keyOf(folder);
    await chmod(path.join(folder, 'database.key'), 0o644);
    const log = createRecordingLog();
    expect(await keyOf(folder, log)).toEqual(key);
    expect(await modeOf(path.join(folder, 'database.key'))).toBe('600');
    expect(log.entries).toMatchObject([{ level: 'warn', fields: { mode: '644' } }]);
  });

  test('that is damaged is left as it is', async () => {
    const folder = await emptyFolder();
    const file = path.join(folder, 'database.key');
    for (const content of ['', 'short', 'x'.repeat(33)]) {
      await writeFile(file, content, { mode: 0o600 });
      await expect(keyOf(folder)).rejects.toMatchObject({
        code: 'DATABASE_KEY_WRONG',
        message: expect.stringContaining('damaged'),
      });
      expect(await readFile(file, 'utf8')).toBe(content);
    }
  });

  test('is not made anew beside a database that needs the old one', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'clawdbot.db'), 'conversations');
    await expect(keyOf(folder)).rejects.toMatchObject({
      code: 'DATABASE_KEY_WRONG',
      message: expect.stringContaining('missing'),
    });
    await expect(stat(path.join(folder, 'database.key'))).rejects.toThrow('ENOENT');
  });

  test('of the desktop app is not looked for in a file', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'clawdbot.db'), 'conversations');
    await writeFile(path.join(folder, 'database.key.sealed'), 'sealed');
    await expect(keyOf(folder)).rejects.toMatchObject({
      code: 'DATABASE_KEY_WRONG',
      message: expect.stringMatching(/belongs to the desktop app.*--data-dir/),
    });
  });

  test('is no link to somewhere else', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'elsewhere'), Buffer.alloc(32));
    await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'database.key'));
    await expect(keyOf(folder)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_UNUSABLE',
      message: expect.stringContaining('link'),
    });
  });

  test('that is a folder is refused', async () => {
    const folder = await emptyFolder();
    await mkdir(path.join(folder, 'database.key'));
    await expect(keyOf(folder)).rejects.toMatchObject({ code: 'DATABASE_KEY_WRONG' });
  });
});

describe('the log', () => {
  test('is JSON lines that only this user may read', async () => {
    const folder = path.join(await emptyFolder(), 'logs');
    using file = createLogFile({ folder, level: 'info' });
    file.log.info({ port: 1 }, 'ready');
    file.log.debug({}, 'not written');
    file.log.error({ err: new Error('boom') }, 'failed');
    const lines = (await readFile(file.path, 'utf8'))
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { msg: 'ready', port: 1 },
      { msg: 'failed', err: { message: 'boom', stack: expect.any(String) } },
    ]);
    expect(await modeOf(file.path)).toBe('600');
    expect(await modeOf(folder)).toBe('700');
  });

  test('takes no more room than two files of its limit', async () => {
    const folder = await emptyFolder();
    using file = createLogFile({ folder, level: 'info', limitBytes: 10_000 });
    for (let line = 0; line < 500; line += 1) file.log.info({ line }, 'x'.repeat(100));
    const sizes = await Promise.all(
      ['clawdbot.log', 'clawdbot.1.log'].map(async (name) => (await stat(path.join(folder, name))).size),
    );
    expect(Math.max(...sizes)).toBeLessThan(10_500);
    expect(await readFile(file.path, 'utf8')).toContain('"line":499');
  });

  test('goes on in the file of the last start, and counts what is there', async () => {
    const folder = await emptyFolder();
    for (const start of [1, 2]) {
      using file = createLogFile({ folder, level: 'info' });
      file.log.info({ start }, 'started');
    }
    expect((await readFile(path.join(folder, 'clawdbot.log'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  test('that cannot be set aside begins anew', async () => {
    const folder = await emptyFolder();
    using file = createLogFile({ folder, level: 'info', limitBytes: 10 });
    await mkdir(path.join(folder, 'clawdbot.1.log'));
    file.log.info({}, 'first');
    file.log.info({}, 'second');
    expect(await readFile(file.path, 'utf8')).toBe('');
    await rm(path.join(folder, 'clawdbot.1.log'), { recursive: true });
    file.log.info({}, 'third');
    expect(await readFile(path.join(folder, 'clawdbot.1.log'), 'utf8')).toContain('third');
  });
});

test('the parts of the app are found from the source and from the build', () => {
  expect(locateFiles('/app/electron')).toEqual({
    packageJson: '/app/package.json',
    rendererFolder: '/app/dist/renderer',
    bundledModels: '/app/dist/models',
    engineHost: '/app/electron/engine/host/main.ts',
    extractionHost: '/app/electron/documents/host/main.ts',
    checker: '/app/electron/store/checker/main.ts',
  });
  expect(locateFiles('/app/dist/headless')).toEqual({
    packageJson: '/app/package.json',
    rendererFolder: '/app/dist/renderer',
    bundledModels: '/app/dist/models',
    engineHost: '/app/dist/engine/host.js',
    extractionHost: '/app/dist/documents/host.js',
    checker: '/app/dist/checker/checker.js',
  });
});

test('a browser is opened only where somebody would see it', () => {
  expect(browserOpener('darwin', {})).toBe('open');
  expect(browserOpener('linux', { DISPLAY: ':0' })).toBe('xdg-open');
  expect(browserOpener('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe('xdg-open');
  expect(browserOpener('linux', {})).toBeUndefined();
  expect(browserOpener('linux', { DISPLAY: '' })).toBeUndefined();
  expect(browserOpener('darwin', { SSH_CONNECTION: '1.2.3.4' })).toBeUndefined();
});

test('a browser that cannot be opened is only noted', async () => {
  const noted = Promise.withResolvers<object>();
  openBrowser('http://127.0.0.1/', '/nowhere/xdg-open', { ...silentLog, info: (fields) => noted.resolve(fields) });
  expect(await noted.promise).toMatchObject({ opener: '/nowhere/xdg-open' });
});
