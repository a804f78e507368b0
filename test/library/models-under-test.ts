import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

import { createModels } from '../../electron/library/create-models.ts';
import type { Models } from '../../electron/library/models.ts';
import type { MemoryReading } from '../../electron/ports.ts';
import type { SettingsStore } from '../../electron/store/settings.ts';
import type { ModelInfo, ModelList, Settings } from '../../shared/contract/index.ts';
import type { FakeScript } from '../fakes/fake-engine-host.ts';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import { createFakeSettings } from '../fakes/fake-settings.ts';
import { silentLog } from '../fakes/silent-log.ts';

export interface Folders {
  readonly root: string;
  readonly data: string;
  readonly library: string;
  readonly bundled: string;
}

/** An empty place, gone after the test. Nothing in it exists yet but the place itself. */
export async function openFolders(): Promise<Folders> {
  const root = await mkdtemp(path.join(tmpdir(), 'clawdbot-library-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const data = path.join(root, 'data');
  return { root, data, library: path.join(data, 'models'), bundled: path.join(root, 'bundled') };
}

export interface ModelsUnderTest {
  readonly models: Models;
  readonly engine: FakeEngine;
  readonly settings: SettingsStore;
  readonly memory: { availableBytes: number };
  /** Resolves with the first list that passes, now or later. */
  until(passes: (list: ModelList) => boolean): Promise<ModelList>;
}

export interface ModelsUnderTestOptions {
  readonly modelFiles?: readonly string[];
  /** By model id; others cannot be loaded by the fake engine. */
  readonly scripts?: Readonly<Record<string, FakeScript>>;
  readonly settings?: Partial<Settings>;
  readonly availableBytes?: number;
}

export async function openModels(folders: Folders, options: ModelsUnderTestOptions = {}): Promise<ModelsUnderTest> {
  const memory = { availableBytes: options.availableBytes ?? 8e9 };
  const read = (): MemoryReading => ({ totalBytes: 16e9, ...memory });
  const engine = createFakeEngine({ scripts: options.scripts ?? {}, memory: read });
  const settings = createFakeSettings(options.settings);
  const models = await createModels({
    paths: { data: folders.data, bundledModels: folders.bundled, modelFiles: options.modelFiles ?? [] },
    engine,
    settings,
    memory: read,
    log: silentLog,
    sampleEveryMs: 50,
  });
  onTestFinished(async () => {
    await models[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  });
  return {
    models,
    engine,
    settings,
    memory,
    async until(passes) {
      for await (const list of models.watch(new AbortController().signal)) if (passes(list)) return list;
      throw new Error('The watch ended before the list was as expected.');
    },
  };
}

export function find(list: ModelList, id: string): ModelInfo {
  const model = list.models.find((each) => each.id === id);
  if (!model) throw new Error(`No model "${id}" among ${list.models.map((each) => each.id).join(', ')}.`);
  return model;
}

export function ids(list: ModelList): string[] {
  return list.models.map((model) => model.id);
}
