import { ORPCError } from '@orpc/server';
import { describe, expect, test } from 'vitest';

import { explainError } from '../../electron/shell/explain-error.ts';
import { startErrorsZh } from '../../electron/shell/start-error-zh.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';

/** Errors with which a start can end, each with data as it is thrown. */
const startErrors: readonly ClawdbotError[] = [
  new ClawdbotError('DATABASE_LOCKED', 'Locked. Close it.', { path: '/d/x.db' }),
  new ClawdbotError('DATABASE_CORRUPT', 'Damaged. Restore it.', { path: '/d/x.db' }),
  new ClawdbotError('DATABASE_KEY_WRONG', 'Wrong key. Restore it.', { path: '/d/x.db' }),
  new ClawdbotError('DATABASE_TOO_NEW', 'Too new. Update.', { path: '/d/x.db', databaseVersion: 9, appVersion: 3 }),
  new ClawdbotError('DATA_DIRECTORY_IN_USE', 'In use. Quit it.', {
    path: '/d',
    processId: 42,
    url: 'http://127.0.0.1:1/',
  }),
  new ClawdbotError('DATA_DIRECTORY_UNUSABLE', 'Unusable. Fix it.', { path: '/d', reason: 'EACCES' }),
  new ClawdbotError('DISK_FULL', 'Full. Free some.', { path: '/d/x.db' }),
  new ClawdbotError('FLAG_INVALID', 'Bad flag. Correct it.', { flag: '--port', reason: 'not a number' }),
  new ClawdbotError('CONFIG_INVALID', 'Bad file. Correct it.', {
    path: '/c.yaml',
    key: 'port',
    reason: 'not a number',
  }),
  new ClawdbotError('SETTINGS_INVALID', 'Bad file. Correct it.', { path: '/s.json', key: '', reason: 'not JSON' }),
  new ClawdbotError('MODEL_UNREADABLE', 'Bad model. Take another.', { path: '/m.gguf', reason: 'cut off' }),
];

describe('an error in a dialog', () => {
  test.each(startErrors.map((error) => [error.code, error] as const))(
    '%s is told in English by its own message and in Chinese with all its data',
    (code, error) => {
      expect(explainError(error, 'en').detail).toBe(error.message);
      const chinese = explainError(error, 'zh').detail;
      expect(chinese).toMatch(/\p{Script=Han}/u);
      for (const value of Object.values(error.data)) expect(chinese, code).toContain(String(value));
    },
  );

  test('never shows a missing value as a word of the program', () => {
    const inUse = new ClawdbotError('DATA_DIRECTORY_IN_USE', 'In use.', { path: '/d', processId: null, url: null });
    for (const explain of Object.values(startErrorsZh)) expect(explain(() => '')).not.toMatch(/null|undefined/);
    expect(explainError(inUse, 'zh').detail).not.toMatch(/null|undefined|进程/);
  });

  test('is the same whether it was thrown inside or reported by a call', () => {
    const inside = new ClawdbotError('OUT_OF_MEMORY', 'Too big.', { modelName: 'M', neededBytes: 8e9, freeBytes: 4e9 });
    const reported = new ORPCError<ErrorCode, unknown>(inside.code, {
      defined: true,
      message: inside.message,
      data: inside.data,
    });
    for (const language of ['en', 'zh'] as const) {
      expect(explainError(reported, language)).toEqual(explainError(inside, language));
    }
    expect(explainError(inside, 'zh').detail).toContain('8.0 GB');
  });

  test('that nobody declared is called unexpected, with its reason', () => {
    expect(explainError(new TypeError('x is not a function'), 'en').detail).toContain('x is not a function');
    expect(explainError('text', 'zh').message).toBe('Clawdbot 遇到意外问题');
    expect(explainError(Object.assign(new Error('e'), { code: 'EACCES', data: {} }), 'en').message).toContain(
      'unexpected',
    );
  });
});
