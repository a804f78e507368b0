import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { listBenchmarks, planBench } from '../../build/scripts/setup/benchmarks.mjs';
import { whatViteSaid } from '../../build/scripts/setup/built.mjs';
import { findChromium } from '../../build/scripts/setup/chromium.mjs';
import { fingerprint, isCurrent, recordMade } from '../../build/scripts/setup/fingerprint.mjs';
import { npmCommand, npmEnvironment } from '../../build/scripts/setup/install.mjs';
import { adviseOnFailure, countPackages, matchesLock, whatNpmSaid } from '../../build/scripts/setup/installed.mjs';
import { createProgress } from '../../build/scripts/setup/progress.mjs';
import { smallTree } from './small-tree.ts';

describe('whether an install is needed', () => {
  const tool = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = {
    packages: { '': {}, 'node_modules/tool': tool, 'node_modules/half-mac': { ...tool, optional: true } },
  };

  it('is no where npm recorded what the lock file asks for, optional packages aside', () => {
    expect(matchesLock(lock, { packages: { 'node_modules/tool': tool } })).toBe(true);
    expect(matchesLock(lock, { packages: { 'node_modules/tool': tool, 'node_modules/half-mac': tool } })).toBe(true);
  });

  it.each([
    ['nothing is recorded', null],
    ['a package is missing', { packages: {} }],
    ['a version differs', { packages: { 'node_modules/tool': { ...tool, version: '1.0.1' } } }],
    ['a checksum differs', { packages: { 'node_modules/tool': { ...tool, integrity: 'sha512-b' } } }],
    ['something else is there', { packages: { 'node_modules/tool': tool, 'node_modules/other': tool } }],
  ])('is yes where %s', (_, installed) => {
    expect(matchesLock(lock, installed)).toBe(false);
  });

  it('counts the packages of this platform', () => {
    const packages = {
      '': {},
      'node_modules/everywhere': {},
      'node_modules/linux': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
      'node_modules/musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      'node_modules/mac': { os: 'darwin', cpu: 'arm64' },
      'node_modules/everywhere/node_modules/nested': {},
    };
    expect(countPackages({ packages }, { platform: 'linux', arch: 'x64' })).toBe(2);
    expect(countPackages({ packages }, { platform: 'darwin', arch: 'arm64' })).toBe(2);
  });
});

describe('an install', () => {
  it('uses the npm that runs this script, else the one in PATH', () => {
    expect(npmCommand({ npm_execpath: '/npm/bin/npm-cli.js' }, '/node')).toEqual({
      command: '/node',
      args: ['/npm/bin/npm-cli.js'],
    });
    expect(npmCommand({ npm_execpath: '/pnpm.cjs' }, '/node').args).toEqual([]);
    expect(npmCommand({}, '/node').args).toEqual([]);
  });

  it('keeps the machine’s npm settings and forgets those of the run it belongs to', () => {
    const environment = {
      PATH: '/bin',
      npm_config_registry: 'https://packages.example.org',
      npm_config_cache: '/cache',
      npm_config_prefix: '/elsewhere',
      npm_config_local_prefix: '/elsewhere',
      npm_config_omit: 'dev',
      npm_lifecycle_event: 'start',
      NODE_ENV: 'production',
    };
    expect(Object.keys(npmEnvironment(environment)).toSorted()).toEqual([
      'PATH',
      'npm_config_cache',
      'npm_config_registry',
    ]);
  });

  it.each([
    ['npm error code ENOTFOUND', 'offline'],
    ['npm error code EAI_AGAIN', 'offline'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['npm error ENOSPC: no space left on device', 'disk is full'],
    ['npm error code EACCES', 'may not write'],
    ['npm error code E404', 'registry'],
    ['npm error code EUSAGE', 'do not fit together'],
    ['npm error something else', 'node_modules'],
  ])('that fails with "%s" says what to do', (output, expected) => {
    expect(adviseOnFailure(output)).toContain(expected);
  });
});

it('of what npm says at a failure, the reason is shown, not how npm is used', () => {
  const output = [
    'npm warn EBADENGINE Unsupported engine {',
    'npm error code EUSAGE',
    'npm error',
    'npm error Missing: tool@1.0.0 from lock file',
    'npm error     at process.processTicks (node:internal/process:83:21) {',
    "npm error   syscall: 'connect',",
    'npm error }',
    'npm error',
    'npm error Clean install a project',
    'npm error Usage:',
    'npm error npm ci',
    'npm error A complete log of this run can be found in: somewhere',
  ].join('\n');
  expect(whatNpmSaid(output)).toBe('code EUSAGE\nMissing: tool@1.0.0 from lock file');
  expect(whatNpmSaid('Killed\n')).toBe('Killed');
});

describe('whether a build is needed', () => {
  const made = { record: 'dist/.built', sources: ['electron', 'package.json', 'absent'], outputs: ['dist/out.js'] };

  it('depends on what the sources say, not on when they were written', () => {
    using tree = smallTree({ 'electron/a.ts': 'one', 'package.json': '{}', 'dist/out.js': '' });
    const { root } = tree;
    expect(isCurrent({ root, ...made })).toBe(false);
    recordMade(root, made.record, fingerprint(root, made.sources));
    expect(isCurrent({ root, ...made })).toBe(true);
    writeFileSync(path.join(root, 'electron/a.ts'), 'one');
    expect(isCurrent({ root, ...made })).toBe(true);
    writeFileSync(path.join(root, 'electron/a.ts'), 'two');
    expect(isCurrent({ root, ...made })).toBe(false);
  });

  it('is yes after a file came, went or changed its name, and where an output is gone', () => {
    using tree = smallTree({ 'electron/a.ts': 'one', 'dist/out.js': '' });
    const { root } = tree;
    const digest = fingerprint(root, made.sources);
    recordMade(root, made.record, digest);
    expect(isCurrent({ root, ...made, outputs: ['dist/out.js', 'dist/gone.js'] })).toBe(false);
    writeFileSync(path.join(root, 'electron/b.ts'), '');
    expect(isCurrent({ root, ...made })).toBe(false);
    using renamed = smallTree({ 'electron/c.ts': 'one' });
    expect(fingerprint(renamed.root, made.sources)).not.toBe(digest);
  });
});

it('of what Vite says at a failure, the reason is shown, not what it built before', () => {
  const output = [
    'dist/renderer/assets/index.js  386.32 kB',
    'error during build:',
    '\u001B[31m[MISSING_EXPORT] \u001B[0m"createCore" is not exported by "electron/core.ts".',
    '    at unwrap (file:///somewhere/node_modules/rolldown/dist/index.mjs:20:128)',
    '    at buildApp (vite.config.ts:90:3) {',
  ].join('\n');
  expect(whatViteSaid(output)).toBe(
    '[MISSING_EXPORT] "createCore" is not exported by "electron/core.ts".\n    at buildApp (vite.config.ts:90:3) {',
  );
  expect(whatViteSaid('Killed\n')).toBe('Killed');
});

describe('the browser for the tests', () => {
  const none = { environment: { PATH: '/bin' }, home: '/home', isFile: () => false };

  it('is the one the person names', () => {
    const machine = { ...none, environment: { CHROME_PATH: '/mine' }, isFile: (file: string) => file === '/mine' };
    expect(findChromium(machine)).toEqual({ path: '/mine' });
    expect(findChromium({ ...machine, isFile: () => false })).toEqual({
      problem: expect.stringContaining('CHROME_PATH'),
    });
  });

  it.each([
    '/usr/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/home/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/own/bin/google-chrome-stable',
  ])('is found at %s', (place) => {
    const machine = {
      ...none,
      environment: { PATH: `relative${path.delimiter}/own/bin` },
      isFile: (file: string) => file === place,
    };
    expect(findChromium(machine)).toEqual({ path: place });
  });

  it('is null where there is none', () => {
    expect(findChromium(none)).toBeNull();
  });
});

describe('progress', () => {
  function written(isTTY: boolean): {
    text: () => string;
    stream: { isTTY: boolean; columns: number; write(text: string): boolean };
  } {
    let text = '';
    const write = (more: string) => {
      text += more;
      return true;
    };
    return { text: () => text, stream: { isTTY, columns: 40, write } };
  }

  it('is one line that changes on a terminal, and never wider than it', () => {
    const { stream, text } = written(true);
    let nowMs = 0;
    const progress = createProgress(stream, () => nowMs);
    progress.update(`Installing ${'x'.repeat(100)}`);
    nowMs = 12_000;
    progress.update('Installing 2 of 3');
    progress.done('Installed');
    const shown = text().split('\r\u001B[2K');
    expect(shown.slice(1).map((line) => line.trimEnd())).toEqual([
      expect.stringMatching(/^Installing x+$/),
      'Installing 2 of 3, 12 s',
      'Installed, 12 s',
    ]);
    expect(shown.every((line) => line.trimEnd().length < 40)).toBe(true);
    expect(text().match(/\n/g)).toHaveLength(1);
  });

  it('is a plain line now and then elsewhere', () => {
    const { stream, text } = written(false);
    let nowMs = 0;
    const progress = createProgress(stream, () => nowMs);
    for (; nowMs <= 31_000; nowMs += 1000) progress.update(`at ${nowMs / 1000}`);
    progress.done('Installed');
    expect(text()).toBe('at 0\nat 15\nat 30\nInstalled, 32 s\n');
  });
});

describe('npm run bench', () => {
  it('lists the benchmarks that are written', () => {
    using tree = smallTree({ 'turn.ts': '', 'harness.ts': '', 'store.ts': '' });
    expect(listBenchmarks(tree.root)).toEqual(['turn', 'store']);
    expect(planBench([], ['turn', 'store'])).toEqual({ list: expect.stringContaining('turn, store') });
  });

  it('runs one, with the rest of the arguments, and knows no others', () => {
    expect(planBench(['turn', '--json', '--peer', 'x'], ['turn'])).toEqual({
      run: 'turn',
      args: ['--json', '--peer', 'x'],
    });
    expect(planBench(['trun'], ['turn'])).toEqual({ problem: expect.stringContaining('no benchmark "trun"') });
    expect(planBench(['../evil'], ['turn'])).toEqual({ problem: expect.stringContaining('no benchmark') });
  });
});
