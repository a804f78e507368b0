import { expect, test } from 'vitest';

import { createStoredWebSessions } from '../../electron/store/stored-web-sessions.ts';
import { openTempDatabase } from './temp-database.ts';

test('web sessions are found until they are removed as expired, and can be extended', () => {
  const sessions = createStoredWebSessions(openTempDatabase(), { now: () => 1000.25 });
  sessions.add('aa', 5000.75);
  sessions.add('bb', 6000);
  expect(sessions.expiryOf('aa')).toBe(5000);
  expect(sessions.expiryOf('cc')).toBeUndefined();
  sessions.extend('aa', 9000.5);
  sessions.extend('cc', 9000);
  sessions.removeExpired(6000.5);
  expect([sessions.expiryOf('aa'), sessions.expiryOf('bb'), sessions.expiryOf('cc')]).toEqual([
    9000,
    undefined,
    undefined,
  ]);
});
