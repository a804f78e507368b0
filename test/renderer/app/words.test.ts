import { describe, expect, test } from 'vitest';

import { chooseLanguage, createI18n } from '../../../renderer/app/i18n.ts';
import { resources } from '../../../renderer/app/resources.ts';
import { createFormat } from '../../../renderer/ui/format.ts';
import { errorText } from '../../../renderer/ui/use-error-text.ts';
import { errorKinds, type ErrorCode, type ErrorDataByCode } from '../../../shared/errors/codes.ts';

function flatten(value: object, prefix = ''): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, inner] of Object.entries(value)) {
    const at = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof inner === 'string') words.set(at, inner);
    else for (const [path, text] of flatten(inner, at)) words.set(path, text);
  }
  return words;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').toSorted();
}

const english = flatten(resources.en);
const chinese = flatten(resources.zh);

describe('the words of the interface', () => {
  test('exist in both languages under the same keys', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect(english.size).toBeGreaterThan(150);
  });

  test('are never empty', () => {
    const empty = [...english, ...chinese].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  test('name the same values in both languages', () => {
    const uneven = [...english].filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(chinese.get(key) ?? '')),
    );
    expect(uneven).toEqual([]);
  });

  test('contain no dashes in place of punctuation and no exclamation', () => {
    const loud = [...english, ...chinese].filter(([, text]) => /[—!！]/.test(text));
    expect(loud).toEqual([]);
  });
});

/** One example of the data of every code. */
const examples: ErrorDataByCode = {
  CONVERSATION_NOT_FOUND: { conversationId: 'c1' },
  FILE_TOO_LARGE: { sizeBytes: 9e9, limitBytes: 8e9 },
  FILE_NOT_HANDED_OVER: {},
  DOCUMENT_NOT_FOUND: { documentId: 'd1' },
  REDACTION_INCOMPLETE: { places: 2 },
  DEIDENTIFICATION_FAILED: { reason: 'The file is damaged.' },
  ORIGINAL_MISSING: {},
  ORIGINAL_DAMAGED: {},
  COLLECTION_NOT_FOUND: { collectionId: 'k1' },
  FOLDER_UNUSABLE: { path: '/Users/me/Papers', reason: 'it is not a folder' },
  MESSAGE_NOT_FOUND: { messageId: 'm1' },
  FOLDER_NOT_FOUND: { folderId: 'f1' },
  PRESET_NOT_FOUND: { presetId: 'p1' },
  TURN_RUNNING: { conversationId: 'c1' },
  MESSAGE_TOO_LONG: { lengthChars: 200_001, limitChars: 200_000 },
  NO_MODEL: { searchedFolder: '/models' },
  MODEL_NOT_FOUND: { modelId: 'qwen' },
  MODEL_UNREADABLE: { path: '/models/a.gguf', reason: 'The file ends early.' },
  OUT_OF_MEMORY: { modelName: 'Qwen 3 8B', neededBytes: 9_100_000_000, freeBytes: 5_200_000_000 },
  MODEL_QUARANTINED: { modelName: 'Qwen 3 8B', crashes: 3, reason: 'signal SIGSEGV' },
  ENGINE_CRASHED: { reason: 'signal SIGABRT' },
  ENGINE_UNAVAILABLE: { reason: 'The file is missing.' },
  CONTEXT_FULL: { neededTokens: 9_000, contextTokens: 4_096 },
  MODEL_UNSUPPORTED: { modelName: 'Qwen 3 8B', what: 'kvType', reason: 'It needs flash attention.' },
  DISK_FULL: { path: '/data' },
  DATABASE_LOCKED: { path: '/data/clawdbot.db' },
  DATABASE_CORRUPT: { path: '/data/clawdbot.db' },
  DATABASE_KEY_WRONG: { path: '/data/clawdbot.db' },
  DATABASE_TOO_NEW: { path: '/data/clawdbot.db', databaseVersion: 12, appVersion: 9 },
  DATA_DIRECTORY_IN_USE: { path: '/data', processId: 41_234, url: 'http://127.0.0.1:25293/' },
  DATA_DIRECTORY_UNUSABLE: { path: '/data', reason: 'It is read-only.' },
  NOT_IN_BIN: { id: 'c1' },
  SNAPSHOT_NOT_FOUND: { id: '000001' },
  SNAPSHOT_UNUSABLE: { id: '000001', reason: 'It is damaged.' },
  SNAPSHOT_BUSY: {},
  IMPORT_UNREADABLE: { reason: 'it holds no conversations' },
  IMPORT_RUNNING: {},
  PORT_IN_USE: { port: 25_293 },
  FLAG_INVALID: { flag: '--port', reason: 'It is not a number.' },
  CONFIG_INVALID: { path: '/c.yaml', key: 'port', reason: 'It is not a number.' },
  SETTINGS_INVALID: { path: '/s.json', key: 'theme', reason: 'It is unknown.' },
  BAD_INPUT: { issues: [{ path: 'title', message: 'too long' }] },
  UNKNOWN_ROUTE: { route: 'chat.dance' },
  PAYLOAD_TOO_LARGE: { limitBytes: 8_388_608 },
  UNAUTHORISED: {},
  FORBIDDEN_ORIGIN: { origin: 'https://elsewhere.example' },
  CANCELLED: {},
  INTERNAL: { reference: 'a1b2c3d4' },
};

describe.each(['en', 'zh'] as const)('an error in %s', (language) => {
  const t = createI18n(language).getFixedT(language, 'errors');
  const format = createFormat(language);
  const codes = Object.keys(errorKinds).filter((code): code is ErrorCode => code in examples);

  test.each(codes)('%s is a whole sentence with its numbers filled in', (code) => {
    const text = errorText(t, format, { code, message: 'Message.', data: { ...examples[code] } });
    expect(text).toMatch(/[.。)）:：]$/);
    expect(text).not.toMatch(/\{\{|undefined|\[object/);
    expect(text).not.toBe(code);
  });

  test('says of an engine that was ended why that was', () => {
    const words = (cause: 'hang' | 'memory' | undefined) =>
      errorText(t, format, { code: 'ENGINE_CRASHED', message: '', data: { reason: 'signal SIGKILL', cause } });
    expect(new Set([words(undefined), words('hang'), words('memory')]).size).toBe(3);
  });

  test('writes sizes and amounts as people read them', () => {
    const memory = errorText(t, format, { code: 'OUT_OF_MEMORY', message: '', data: examples.OUT_OF_MEMORY });
    expect(memory).toContain('9.1 GB');
    expect(memory).toContain('5.2 GB');
    const tokens = errorText(t, format, { code: 'CONTEXT_FULL', message: '', data: { ...examples.CONTEXT_FULL } });
    expect(tokens).toContain('9,000');
    const port = errorText(t, format, { code: 'PORT_IN_USE', message: '', data: examples.PORT_IN_USE });
    expect(port).toContain('25293');
  });
});

test('every code has an example above', () => {
  expect(Object.keys(examples).toSorted()).toEqual(Object.keys(errorKinds).toSorted());
});

describe('the language', () => {
  test.each([
    ['en', ['zh-CN'], 'en'],
    ['zh', ['en-GB'], 'zh'],
    ['system', ['zh-TW', 'en'], 'zh'],
    ['system', ['de-DE', 'zh-Hans-CN', 'en'], 'zh'],
    ['system', ['en-GB', 'zh'], 'en'],
    ['system', ['fr'], 'en'],
    ['system', [], 'en'],
  ] as const)('is chosen from setting %s and system %j: %s', (setting, preferred, expected) => {
    expect(chooseLanguage(setting, preferred)).toBe(expected);
  });
});
