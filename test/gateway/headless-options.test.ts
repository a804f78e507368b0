import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { readHeadlessConfig } from '../../electron/gateway/headless-config.ts';
import { parseHeadlessFlags } from '../../electron/gateway/headless-flags.ts';
import { planHeadless } from '../../electron/gateway/headless-plan.ts';
import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';

const surroundings = { environment: {}, platform: 'linux', home: '/home/mia', folder: '/somewhere' } as const;

async function configFile(content: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'clawdbot.yaml');
  await writeFile(file, content);
  return file;
}

describe('flags', () => {
  test('are all understood', () => {
    const flags = [
      '--port',
      '0',
      '--data-dir=/data',
      '--model',
      'a.gguf',
      '--model',
      'b.gguf',
      '--no-open',
      '--headless',
    ];
    expect(parseHeadlessFlags([...flags, '--config', 'c.yaml'])).toEqual({
      port: 0,
      dataDirectory: '/data',
      models: ['a.gguf', 'b.gguf'],
      open: false,
      config: 'c.yaml',
    });
    expect(parseHeadlessFlags([])).toEqual({ models: [] });
    expect(parseHeadlessFlags(['-h'])).toMatchObject({ show: 'help' });
    expect(parseHeadlessFlags(['--version'])).toMatchObject({ show: 'version' });
  });

  test.each([
    [['--prot', '1'], '--prot', /no flag --prot/],
    [['-x'], '-x', /no flag -x/],
    [['hello'], 'hello', /"hello" does not belong/],
    [['--port'], '--port', /needs a value/],
    [['--port', '--model', 'x'], '--port', /needs a value/],
    [['--port', 'abc'], '--port', /0 to 65535, not "abc"/],
    [['--port', '65536'], '--port', /0 to 65535/],
    [['--port=-1'], '--port', /0 to 65535/],
    [['--port', '1.5'], '--port', /0 to 65535/],
    [['--no-open=yes'], '--no-open', /takes no value/],
    [['--data-dir='], '--data-dir', /needs a path/],
    [['--model', ''], '--model', /needs a path/],
  ])('%j is refused with the flag and the reason', (args, flag, reason) => {
    expect(() => parseHeadlessFlags(args)).toThrow(
      expect.objectContaining({
        code: 'FLAG_INVALID',
        message: expect.stringMatching(reason),
        data: expect.objectContaining({ flag }),
      }),
    );
  });

  test('of any kind are understood or refused with words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--port', '--model', '--', '-', '--no-open'))),
        (args) => {
          try {
            expect(parseHeadlessFlags(args).models).toBeInstanceOf(Array);
          } catch (error) {
            expect(isClawdbotError(error) && error.code).toBe('FLAG_INVALID');
          }
        },
      ),
    );
  });
});

describe('a configuration file', () => {
  test('says what the flags say, and more; its paths start at its folder', async () => {
    const file = await configFile(
      'port: 4000\nhost: 0.0.0.0\nallowedHosts: [mini.local]\ndataDir: data\nmodel: m.gguf\nopen: false\nsettings:\n  language: zh\n',
    );
    const folder = path.dirname(file);
    expect(readHeadlessConfig(file)).toEqual({
      port: 4000,
      host: '0.0.0.0',
      allowedHosts: ['mini.local'],
      dataDir: path.join(folder, 'data'),
      model: [path.join(folder, 'm.gguf')],
      open: false,
      settings: { language: 'zh' },
    });
    expect(readHeadlessConfig(await configFile(''))).toEqual({});
    expect(readHeadlessConfig(await configFile('model: [a.gguf, /b.gguf]')).model).toHaveLength(2);
  });

  test.each([
    ['prot: 1', 'prot', /no such key; allowed here: port, host/],
    ['settings: {lang: zh}', 'settings.lang', /allowed here: language/],
    ['port: 70000', 'port', /65535/],
    ['port: "4000"', 'port', /expected number/],
    ['open: "yes"', 'open', /expected boolean/],
    ['settings: {language: fr}', 'settings.language', /"system"\|"en"\|"zh"/],
    ['model: [1]', 'model', /a path or a list of paths/],
    ['host: "http://x/"', 'host', /without a port/],
    ['- port', '', /expected object/],
    ['port: [', '', /not valid YAML.*line 1/],
    ['a: &a [x]\nb: [*a, *b]', '', /./],
  ])('%j is refused with the key and the reason', async (content, key, reason) => {
    const file = await configFile(content);
    expect(() => readHeadlessConfig(file)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(reason),
        data: { path: file, key, reason: expect.any(String) },
      }),
    );
  });

  test('that is not there, or is a folder, is named', async () => {
    const folder = path.dirname(await configFile(''));
    expect(() => readHeadlessConfig(path.join(folder, 'absent.yaml'))).toThrow(/absent\.yaml: there is no such file/);
    expect(() => readHeadlessConfig(folder)).toThrow(/it is a folder/);
  });

  test('that grows without end when it is read is refused', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    );
    const file = await configFile(`l0: &l0 [x]\n${levels.join('\n')}\n`);
    expect(() => readHeadlessConfig(file)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('the plan', () => {
  test('has a sensible default for everything', () => {
    expect(planHeadless({ models: [] }, {}, surroundings)).toEqual({
      port: 25_293,
      host: '127.0.0.1',
      allowedHosts: [],
      dataDirectory: '/home/mia/.local/share/clawdbot',
      models: [],
      open: true,
      settings: {},
    });
  });

  test('puts data where the platform wants it', () => {
    const place = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) =>
      planHeadless({ models: [] }, {}, { ...surroundings, platform, environment }).dataDirectory;
    expect(place('darwin', {})).toBe('/home/mia/Library/Application Support/Clawdbot');
    expect(place('linux', { XDG_DATA_HOME: '/xdg' })).toBe('/xdg/clawdbot');
    expect(place('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/mia/.local/share/clawdbot');
    expect(place('linux', { CLAWDBOT_HOME: '/chosen' })).toBe('/chosen');
    expect(place('linux', { CLAWDBOT_HOME: '' })).toBe('/home/mia/.local/share/clawdbot');
  });

  test('lets flags win over the environment, and that over the file', () => {
    const environment = { CLAWDBOT_HOME: '/environment' };
    const config = { port: 1, dataDir: '/file', model: ['/file.gguf'], open: true };
    const both = planHeadless({ port: 2, dataDirectory: 'flag', models: ['flag.gguf'], open: false }, config, {
      ...surroundings,
      environment,
    });
    expect(both).toMatchObject({ port: 2, dataDirectory: '/somewhere/flag', open: false });
    expect(both.models).toEqual(['/somewhere/flag.gguf', '/file.gguf']);
    expect(planHeadless({ models: [] }, config, { ...surroundings, environment }).dataDirectory).toBe('/environment');
    expect(planHeadless({ models: [] }, config, surroundings)).toMatchObject({ port: 1, dataDirectory: '/file' });
  });
});
