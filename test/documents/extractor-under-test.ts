import path from 'node:path';

import { createExtractor, type ExtractorOptions } from '../../electron/documents/extract/create-extractor.ts';
import { forkExtractionHost } from '../../electron/documents/extract/fork-extraction-host.ts';
import type { Extractor } from '../../electron/documents/extractor.ts';
import { silentLog } from '../fakes/silent-log.ts';

const hostModulePath = path.resolve(import.meta.dirname, '../../electron/documents/host/main.ts');

/** The real extractor with its real process. */
export function openExtractor(options: Partial<ExtractorOptions> = {}): Extractor {
  return createExtractor({
    spawnExtractionHost: () => forkExtractionHost({ modulePath: hostModulePath, log: silentLog }),
    log: silentLog,
    ...options,
  });
}
