import { describe, expect, it } from 'vitest';

import { chooseHost, findDisplay, without } from '../../build/scripts/setup/choose-host.mjs';
import { chooseNode } from '../../build/scripts/setup/node24.mjs';
import { planStart } from '../../build/scripts/setup/start-flags.mjs';

describe('the flags of npm start', () => {
  it('are handed on, with paths seen from where the person typed them', () => {
    const args = [
      '--headless',
      '--port',
      '0',
      '--data-dir=my data',
      '--model',
      './a.gguf',
      '--model',
      '/b.gguf',
      '--no-open',
    ];
    expect(planStart(args, '/home folder')).toEqual({
      headless: true,
      forwarded: [
        '--port',
        '0',
        '--data-dir',
        '/home folder/my data',
        '--model',
        '/home folder/a.gguf',
        '--model',
        '/b.gguf',
        '--no-open',
      ],
    });
  });

  it('may be absent', () => {
    expect(planStart([], '/')).toEqual({ headless: false, forwarded: [] });
  });

  it.each([['--help'], ['-h'], ['--port', '1', '--help']])('%s %s %s shows the help', (...args) => {
    expect(planStart(args, '/').show).toBe('help');
  });

  it.each([
    [['--prot', '1'], '"--prot" is not a flag'],
    [['model.gguf'], '"model.gguf" is not a flag'],
    [['--port'], '--port needs a number'],
    [['--port', '-1'], 'from 0 to 65535'],
    [['--port', '65536'], 'from 0 to 65535'],
    [['--port', '80a'], 'from 0 to 65535'],
    [['--port='], '--port needs a number'],
    [['--model'], '--model needs a path'],
    [['--model', '--no-open'], '--model needs a path'],
    [['--data-dir', ''], '--data-dir needs a path'],
    [['--headless=yes'], '--headless takes no value'],
  ])('%j is refused before anything is installed', (args, expected) => {
    expect(planStart(args, '/').problem).toContain(expected);
  });
});

describe('the host', () => {
  const linux = { headlessAsked: false, platform: 'linux', hasDisplay: true, hasElectron: true, isRoot: false };
  const mac = { ...linux, platform: 'darwin' };

  it('is the desktop app on a Mac, fetched first where it is not there', () => {
    expect(chooseHost(mac)).toEqual({ host: 'desktop' });
    expect(chooseHost({ ...mac, hasElectron: false })).toEqual({ host: 'fetch-then-desktop' });
  });

  it('is the desktop app on Linux with a display and the binary', () => {
    expect(chooseHost(linux)).toEqual({ host: 'desktop' });
  });

  it.each([
    [{ hasDisplay: false }, 'no display'],
    [{ hasElectron: false }, 'Electron binary is not installed'],
    [{ isRoot: true }, 'as root'],
    [{ platform: 'freebsd' }, 'freebsd'],
  ])('is headless with %j, and one line says why', (change, expected) => {
    const choice = chooseHost({ ...linux, ...change });
    expect(choice).toEqual({ host: 'headless', because: expect.stringContaining(expected) });
  });

  it('is headless without a word where that was asked for', () => {
    for (const surroundings of [mac, linux]) {
      expect(chooseHost({ ...surroundings, headlessAsked: true })).toEqual({ host: 'headless', because: null });
    }
  });

  it('says why on one line', () => {
    expect(without('there is no display here')).toEqual({
      host: 'headless',
      because: expect.stringMatching(/^[^\n]+$/),
    });
  });

  it('finds a display by X11 or Wayland on Linux, and takes a Mac to have one', () => {
    expect(findDisplay('linux', {})).toBe(false);
    expect(findDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(findDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(findDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(findDisplay('darwin', {})).toBe(true);
  });
});

describe('the Node for what runs after set-up', () => {
  const bundled = { path: '/bundled', version: 'v24.21.0' };

  it('is the one that came with the dependencies', () => {
    expect(chooseNode({ bundled, running: { path: '/running', version: 'v20.20.2' } })).toBe('/bundled');
    expect(chooseNode({ bundled, running: { path: '/running', version: 'v26.0.0' } })).toBe('/bundled');
  });

  it('is the running one where none came along and it is new enough', () => {
    expect(chooseNode({ bundled: null, running: { path: '/running', version: 'v24.0.0' } })).toBe('/running');
    expect(chooseNode({ bundled: null, running: { path: '/running', version: 'v22.9.0' } })).toBeNull();
  });
});
