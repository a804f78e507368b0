import { readFileSync } from 'node:fs';
import path from 'node:path';

import { bundledModules } from './packaged-modules.mjs';

const root = path.resolve(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

/** What the bundles load from node_modules at run time; `externalPackages` in vite.config.ts without electron. */
const loadedAtRunTime = ['better-sqlite3-multiple-ciphers', 'sqlite-vec', 'node-llama-cpp', 'koffi', 'pino'];

/**
 * The desktop app: `npm run package`, on the system it is for. Signing and notarising happen when the usual CSC_* and
 * APPLE_* variables are set.
 *
 * @type {import('electron-builder').Configuration}
 */
export default {
  appId: 'app.clawdbot.desktop',
  productName: 'Clawdbot',
  copyright: 'Clawdbot contributors, AGPL-3.0-only',
  directories: { output: 'release', buildResources: 'build/icons' },
  files: [
    'package.json',
    'LICENSE',
    'dist/main/**',
    'dist/preload/**',
    'dist/engine/**',
    'dist/documents/**',
    'dist/checker/**',
    'dist/renderer/**',
    ...bundledModules(lock.packages, loadedAtRunTime).map((folder) => `!${folder}/**`),
    // Sources, and halves for other systems.
    '!node_modules/node-llama-cpp/llama/gitRelease.bundle',
    '!node_modules/better-sqlite3-multiple-ciphers/{deps,src}/**',
    `!node_modules/better-sqlite3-multiple-ciphers/prebuilds/!(${process.platform}-*).node`,
    `!node_modules/@node-llama-cpp/!(mac-*|linux-${process.arch})/**`,
    '!**/*.{map,d.ts,d.mts,d.cts,tsbuildinfo,md}',
  ],
  extraResources: [
    { from: 'dist/models', to: 'models', filter: ['*.gguf', '*.md', '*.json'] },
    { from: 'build/icons/tray', to: 'tray', filter: ['*.png'] },
  ],
  asar: true,
  // A library is opened by the system, which cannot look into an archive.
  asarUnpack: [
    'node_modules/better-sqlite3-multiple-ciphers/**',
    'node_modules/sqlite-vec-*/**',
    'node_modules/node-llama-cpp/bins/**',
    'node_modules/@node-llama-cpp/**',
    'node_modules/@koromix/**',
    'node_modules/koffi/**',
  ],
  // Every native module brings its halves prebuilt for Node-API; there is nothing to compile.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['en', 'zh_CN'],
  electronFuses: {
    // On Linux node-llama-cpp tries its library in a forked process first, and a fork is our executable as Node.
    // The engine's own process is no fork: it works without.
    runAsNode: process.platform === 'linux',
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: process.platform === 'darwin',
  },
  mac: {
    category: 'public.app-category.productivity',
    icon: 'build/icons/icon.png',
    target: [
      { target: 'dmg', arch: ['arm64'] },
      { target: 'zip', arch: ['arm64'] },
    ],
    minimumSystemVersion: '13.0',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    extendInfo: {
      // System menus, such as the one of a text field, follow the person's language.
      CFBundleDevelopmentRegion: 'en',
      CFBundleLocalizations: ['en', 'zh-Hans'],
    },
  },
  linux: {
    category: 'Utility',
    icon: 'build/icons/app',
    executableName: 'clawdbot',
    synopsis: 'A private AI assistant whose model runs on your machine',
    target: ['AppImage'],
  },
  publish: null,
};
