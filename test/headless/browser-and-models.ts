import { rm } from 'node:fs/promises';
import path from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import { openBrowser } from './browser.ts';
import { writeModels, type ModelsUnderTest } from './models-under-test.ts';

/** One browser and the scripted models for all tests of a file; there from the first test on. */
export function setUpBrowserAndModels(): { readonly browser: Browser; readonly models: ModelsUnderTest } {
  let opened: { browser: Browser; models: ModelsUnderTest } | undefined;
  beforeAll(async () => {
    const [browser, models] = await Promise.all([openBrowser(), writeModels()]);
    opened = { browser, models };
  });
  afterAll(async () => {
    await opened?.browser.close();
    if (opened) await rm(path.dirname(opened.models.short), { recursive: true, force: true });
  });
  const current = (): NonNullable<typeof opened> => {
    if (opened === undefined) throw new Error('The browser is opened before the first test, not before.');
    return opened;
  };
  return {
    get browser() {
      return current().browser;
    },
    get models() {
      return current().models;
    },
  };
}
