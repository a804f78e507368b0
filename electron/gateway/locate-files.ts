import path from 'node:path';

export interface AppFiles {
  readonly packageJson: string;
  readonly rendererFolder: string;
  readonly bundledModels: string;
  readonly engineHost: string;
  readonly extractionHost: string;
  /** The process that checks databases. */
  readonly checker: string;
}

/**
 * Where the parts of the app lie, seen from the folder of the running host: `dist/headless` when it was built,
 * `electron` when Node runs the source itself.
 */
export function locateFiles(hostFolder: string): AppFiles {
  const built = path.basename(hostFolder) === 'headless';
  const root = path.resolve(hostFolder, built ? '../..' : '..');
  const dist = path.join(root, 'dist');
  return {
    packageJson: path.join(root, 'package.json'),
    rendererFolder: path.join(dist, 'renderer'),
    bundledModels: path.join(dist, 'models'),
    extractionHost: built ? path.join(dist, 'documents/host.js') : path.join(root, 'electron/documents/host/main.ts'),
    engineHost: built ? path.join(dist, 'engine/host.js') : path.join(root, 'electron/engine/host/main.ts'),
    checker: built ? path.join(dist, 'checker/checker.js') : path.join(root, 'electron/store/checker/main.ts'),
  };
}
