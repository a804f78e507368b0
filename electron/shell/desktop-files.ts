import path from 'node:path';

export interface DesktopFiles {
  readonly rendererFolder: string;
  readonly preload: string;
  readonly engineHost: string;
  readonly extractionHost: string;
  /** The process that checks databases. */
  readonly checker: string;
  readonly bundledModels: string;
  readonly trayImages: string;
}

/**
 * Where the parts of the app lie. `appPath` is the folder (packaged: the archive) with package.json in it, `resources`
 * the folder beside the archive. Pictures of the tray and models are outside of the archive: the system reads the
 * ones, llama.cpp maps the others into memory.
 */
export function locateDesktopFiles(appPath: string, resources: string, packaged: boolean): DesktopFiles {
  return {
    rendererFolder: path.join(appPath, 'dist/renderer'),
    preload: path.join(appPath, 'dist/preload/preload.cjs'),
    engineHost: path.join(appPath, 'dist/engine/host.js'),
    extractionHost: path.join(appPath, 'dist/documents/host.js'),
    checker: path.join(appPath, 'dist/checker/checker.js'),
    bundledModels: packaged ? path.join(resources, 'models') : path.join(appPath, 'dist/models'),
    trayImages: packaged ? path.join(resources, 'tray') : path.join(appPath, 'build/icons/tray'),
  };
}
