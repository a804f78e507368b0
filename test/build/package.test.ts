import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import config from '../../build/electron-builder.config.mjs';
import { writeCask } from '../../build/scripts/package/cask.mjs';
import { listAsar, type PackedFile } from './asar-listing.ts';
import { smallTree, type SmallTree } from './small-tree.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Electron's own part of an app is not here to be measured; this is ours. */
const budgets = { archiveBytes: 28e6, unpackedBytes: 48e6, windowBytes: 8e6 };

describe('the desktop app, packed around a hollow Electron', () => {
  let files: PackedFile[] = [];
  let tree: SmallTree | undefined;
  let resources = '';

  beforeAll(() => {
    if (!existsSync(path.join(root, 'dist/main/main.js'))) throw new Error('Run `npm run build` first.');
    tree = smallTree(hollowElectron);
    const folder = tree.root;
    const hollow = path.join(folder, 'electron-dist');
    chmodSync(path.join(hollow, 'electron'), 0o755);
    mkdirSync(path.join(folder, 'out'));
    // Fuses are flipped inside Electron's binary, which is the part that is not here.
    writeFileSync(
      path.join(folder, 'config.mjs'),
      `import base from ${JSON.stringify(path.join(root, 'build/electron-builder.config.mjs'))};
       export default { ...base, electronFuses: null, electronDist: ${JSON.stringify(hollow)},
         directories: { ...base.directories, output: ${JSON.stringify(path.join(folder, 'out'))} } };`,
    );
    const builder = path.join(root, 'node_modules/electron-builder/cli.js');
    const args = ['--linux', 'dir', '--x64', '--projectDir', root, '--config', path.join(folder, 'config.mjs')];
    const built = spawnSync(process.execPath, [builder, ...args], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stdout + built.stderr);
    resources = path.join(folder, 'out/linux-unpacked/resources');
    files = listAsar(path.join(resources, 'app.asar'));
  }, 300_000);
  afterAll(() => tree?.[Symbol.dispose]());

  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file.path));
  const sum = (some: readonly PackedFile[]): number => some.reduce((total, { sizeBytes }) => total + sizeBytes, 0);

  it('holds every process of the app and the pages', () => {
    for (const part of [
      'package.json',
      'dist/main/main.js',
      'dist/preload/preload.cjs',
      'dist/engine/host.js',
      'dist/documents/host.js',
      'dist/checker/checker.js',
      'dist/renderer/index.html',
    ]) {
      expect(files.map((file) => file.path)).toContain(part);
    }
  });

  it('holds nothing that only building and testing need', () => {
    expect(has(/\.(?:map|d\.ts|d\.mts|d\.cts|tsbuildinfo)$/u)).toBe(false);
    expect(has(/^(?:test|electron|renderer|shared|build|docs|models|\.github)\//u)).toBe(false);
    expect(has(/^node_modules\/(?:electron|electron-builder|vite|vitest|typescript|react|zod)\//u)).toBe(false);
    expect(has(/gitRelease\.bundle$/u)).toBe(false);
    expect(has(/^dist\/headless\//u)).toBe(false);
  });

  it('leaves libraries for GPUs of other systems out', () => {
    expect(has(/(?:cuda|vulkan)[^/]*\.(?:node|so|dylib|dll)(?:\.|$)/u)).toBe(false);
    expect(has(/(?<!dar)win(?:32)?-(?:x64|arm64)[^/]*\//u)).toBe(false);
  });

  it('keeps what the system opens itself beside the archive', () => {
    const libraries = files.filter((file) => /\.(?:node|so|dylib)(?:\.|$)/u.test(file.path));
    expect(libraries.length).toBeGreaterThan(3);
    expect(libraries.filter(({ unpacked }) => !unpacked)).toEqual([]);
    for (const { path: file } of libraries) {
      expect(existsSync(path.join(resources, 'app.asar.unpacked', file)), file).toBe(true);
    }
  });

  it('stays within its size', () => {
    expect(sum(files.filter(({ unpacked }) => !unpacked))).toBeLessThan(budgets.archiveBytes);
    expect(sum(files.filter(({ unpacked }) => unpacked))).toBeLessThan(budgets.unpackedBytes);
    expect(sum(files.filter((file) => file.path.startsWith('dist/renderer/')))).toBeLessThan(budgets.windowBytes);
  });
});

describe('what the app may do', () => {
  it('is to compile code, and nothing else that a hardened app may not', () => {
    const entitlements = readFileSync(path.join(root, 'build/entitlements.mac.plist'), 'utf8');
    expect([...entitlements.matchAll(/<key>([^<]*)<\/key>/gu)].map((match) => match[1])).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
    expect(config.mac?.hardenedRuntime).toBe(true);
    expect(config.mac?.entitlementsInherit).toBe(config.mac?.entitlements);
  });

  it('is not to be turned into Node, to be debugged, or to load code from beside its archive', () => {
    expect(config.electronFuses).toMatchObject({
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.electronFuses?.runAsNode).toBe(process.platform === 'linux');
  });
});

describe('the Homebrew cask', () => {
  const sha256 = 'ab'.repeat(32);

  it('names the version, the checksum and everything that an uninstall with --zap takes away', () => {
    const cask = writeCask({ version: '1.2.3', sha256, homepage: 'https://example.org/clawdbot' });
    expect(cask).toContain('version "1.2.3"');
    expect(cask).toContain(`sha256 "${sha256}"`);
    expect(cask).toContain(
      'url "https://example.org/clawdbot/releases/download/v#{version}/Clawdbot-#{version}-arm64.dmg"',
    );
    expect(cask).toContain('depends_on macos: ">= :ventura"');
    expect(cask).toContain('~/Library/Application Support/Clawdbot');
  });

  it('takes nothing that could end a string in Ruby', () => {
    const good = { version: '1.2.3', sha256, homepage: 'https://example.org/clawdbot' };
    expect(() => writeCask({ ...good, version: '1.2.3"; system "x' })).toThrow('version');
    expect(() => writeCask({ ...good, sha256: 'none' })).toThrow('checksum');
    expect(() => writeCask({ ...good, homepage: 'https://example.org/#{x}' })).toThrow('address');
  });
});

const hollowElectron = {
  'electron-dist/electron': '#!/bin/sh\n',
  'electron-dist/version': '0.0.0\n',
  'electron-dist/LICENSE': '',
  'electron-dist/LICENSES.chromium.html': '',
  'electron-dist/locales/en-US.pak': '',
  'electron-dist/locales/zh-CN.pak': '',
  'electron-dist/resources/.keep': '',
};
