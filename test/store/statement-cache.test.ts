import Sqlite from 'better-sqlite3-multiple-ciphers';
import { expect, test, vi } from 'vitest';

import { createStatementCache } from '../../electron/store/statement-cache.ts';

test('a statement is compiled once, however often it is asked for, and those not used longest are let go', () => {
  const connection = new Sqlite(':memory:', {});
  const compiled = vi.spyOn(connection, 'prepare');
  const cache = createStatementCache(connection);
  const ask = (number: number): unknown => cache.prepare(`SELECT ? + ${number} AS sum`).get(1);

  expect(ask(1)).toEqual({ sum: 2 });
  expect(ask(1)).toEqual({ sum: 2 });
  expect(compiled).toHaveBeenCalledTimes(1);

  for (let number = 2; number < 256; number += 1) ask(number);
  ask(1);
  ask(256);
  ask(257);
  expect(compiled).toHaveBeenCalledTimes(257);
  ask(1);
  expect(compiled).toHaveBeenCalledTimes(257);
  expect(ask(2)).toEqual({ sum: 3 });
  expect(compiled).toHaveBeenCalledTimes(258);
  connection.close();
});
