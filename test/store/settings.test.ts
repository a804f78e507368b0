import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createConfSettingsFile } from '../../electron/store/conf-settings-file.ts';
import { createSettingsStore } from '../../electron/store/create-settings-store.ts';
import { defaultSettings } from '../../shared/contract/index.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { failureOf } from './failure-of.ts';
import { tempFolder } from './temp-folder.ts';

function settingsIn(folder: string, content?: string) {
  const file = path.join(folder, 'settings.json');
  if (content !== undefined) writeFileSync(file, content);
  const log = createRecordingLog();
  return { file, log, open: () => createSettingsStore(createConfSettingsFile(folder), log) };
}

describe('settings', () => {
  test('begin with the defaults and survive a restart', () => {
    const { file, open } = settingsIn(tempFolder());
    const store = open();
    expect(store.read()).toEqual(defaultSettings);
    expect(store.update({ theme: 'dark', language: 'zh' })).toEqual({
      ...defaultSettings,
      theme: 'dark',
      language: 'zh',
    });
    expect(open().read()).toEqual({ ...defaultSettings, theme: 'dark', language: 'zh' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('are announced now and after every change, the latest only to a slow reader', async () => {
    const store = settingsIn(tempFolder()).open();
    const controller = new AbortController();
    const reader = store.watch(controller.signal)[Symbol.asyncIterator]();
    expect((await reader.next()).value).toEqual(defaultSettings);
    store.update({ theme: 'dark' });
    expect((await reader.next()).value.theme).toBe('dark');
    store.update({ theme: 'light' });
    store.update({ theme: 'system' });
    expect((await reader.next()).value.theme).toBe('system');
    const last = reader.next();
    controller.abort();
    expect((await last).done).toBe(true);
  });

  test('of which none is known are kept and warned about', () => {
    const { file, log, open } = settingsIn(tempFolder(), '{"theme": "dark", "futureSwitch": [1, 2]}');
    const store = open();
    expect(store.read()).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(log.entries).toMatchObject([{ level: 'warn', fields: { keys: ['futureSwitch'] } }]);
    store.update({ language: 'en' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ theme: 'dark', futureSwitch: [1, 2], language: 'en' });
  });

  test('with a wrong value name the key and the reason, and the file stays untouched', () => {
    const content = '{"theme": "purple"}';
    const { file, open } = settingsIn(tempFolder(), content);
    const error = failureOf(open);
    expect(error.code).toBe('SETTINGS_INVALID');
    expect(error.data).toMatchObject({ path: file, key: 'theme' });
    expect(error.message).toContain('"theme"');
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  test('edited by hand while the app runs are neither lost nor overwritten when wrong', () => {
    const { file, open } = settingsIn(tempFolder(), '{"theme": "dark"}');
    const store = open();
    writeFileSync(file, '{"theme": "dark", "systemPrompt": "Be brief."}');
    expect(store.update({ language: 'en' }).systemPrompt).toBe('Be brief.');
    const halfTyped = '{"theme": "dark", "systemPrompt": "Be br';
    writeFileSync(file, halfTyped);
    expect(failureOf(() => store.update({ language: 'zh' })).code).toBe('SETTINGS_INVALID');
    expect(readFileSync(file, 'utf8')).toBe(halfTyped);
    expect(store.read().language).toBe('en');
  });

  test('refuse a change with a wrong value', () => {
    const { open } = settingsIn(tempFolder());
    const store = open();
    const error = failureOf(() => store.update({ systemPrompt: 'x'.repeat(20_001) }));
    expect(error.data).toMatchObject({ key: 'systemPrompt' });
    expect(store.read()).toEqual(defaultSettings);
    expect(open().read()).toEqual(defaultSettings);
  });
});

describe('a settings file', () => {
  test('that is no object is never written over, whatever it holds', () => {
    const folder = tempFolder();
    const file = path.join(folder, 'settings.json');
    const contents = fc.oneof(
      fc.string().filter((text) => !text.includes('{')),
      fc.json().filter((text) => !text.trimStart().startsWith('{')),
      fc.constantFrom('{', '{"theme": }', '[]', 'null', '"text"', '', '\0'),
    );
    fc.assert(
      fc.property(contents, (content) => {
        writeFileSync(file, content);
        const settings = createConfSettingsFile(folder);
        expect(failureOf(() => settings.read()).code).toBe('SETTINGS_INVALID');
        expect(failureOf(() => settings.write({ theme: 'dark' })).code).toBe('SETTINGS_INVALID');
        expect(readFileSync(file, 'utf8')).toBe(content);
      }),
      { numRuns: 60 },
    );
  });

  test('in a place that cannot be used is a matter of the data directory', () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'settings.json'));
    expect(failureOf(() => createConfSettingsFile(folder).read()).code).toBe('DATA_DIRECTORY_UNUSABLE');
  });
});
