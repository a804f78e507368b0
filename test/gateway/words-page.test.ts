import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createAttemptLimit } from '../../electron/gateway/attempt-limit.ts';
import { createOwnAddress, isLoopback } from '../../electron/gateway/own-address.ts';
import { chooseLanguage, pageTexts, type PageKind } from '../../electron/gateway/page-texts.ts';
import { wordsPage } from '../../electron/gateway/words-page.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh', 'zh'],
  ['ZH-hant', 'zh'],
  ['en-US,zh;q=0.9', 'en'],
  ['zh;q=0.5,en;q=0.9', 'en'],
  ['fr-FR,fr;q=0.9,zh;q=0.5,en;q=0.4', 'zh'],
  ['zh;q=0,en', 'en'],
  ['fr', 'en'],
])('a browser that prefers %j reads %s', (header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});

test('a strange preference is no reason to fail', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (header) => ['en', 'zh'].includes(chooseLanguage(header))));
});

const kinds: readonly PageKind[] = [
  'noSession',
  'wrongToken',
  'usedToken',
  'tooManyTokens',
  'foreignOrigin',
  'welcome',
];

test.each(kinds)('the page "%s" needs nothing but itself, in both languages', (kind) => {
  for (const [header, lang] of [
    ['en', 'en'],
    ['zh', 'zh-CN'],
  ] as const) {
    const page = wordsPage(kind, header);
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).not.toMatch(/<script|style=|src=|undefined/);
  }
  expect(pageTexts.zh[kind].sentences).toHaveLength(pageTexts.en[kind].sentences.length);
});

describe('the names of this host', () => {
  const own = createOwnAddress(4000, ['Mini.local', 'fe80::1']);

  test('are taken with the port only', () => {
    for (const host of [
      '127.0.0.1:4000',
      'localhost:4000',
      '[::1]:4000',
      'mini.local:4000',
      'MINI.LOCAL:4000',
      '[fe80::1]:4000',
    ]) {
      expect(own.isOwnHost(host), host).toBe(true);
    }
    for (const host of [
      undefined,
      '',
      '127.0.0.1',
      'localhost:4001',
      '127.0.0.1:4000.evil.example',
      'evil.example:4000',
      'localhost:4000:4000',
      'user@localhost:4000',
      'localhost:04000x',
    ]) {
      expect(own.isOwnHost(host), host).toBe(false);
    }
    expect(createOwnAddress(80, []).isOwnHost('localhost')).toBe(true);
  });

  test('are nothing else, whatever is tried', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.domain(), fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true })),
        (host) => {
          const name = host.toLowerCase().replace(/:4000$/, '');
          const expected =
            ['127.0.0.1', 'localhost', '[::1]', 'mini.local', '[fe80::1]'].includes(name) && host.endsWith(':4000');
          expect(own.isOwnHost(host)).toBe(expected);
        },
      ),
    );
  });

  test('tell a loopback address from one that others can reach', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '192.168.1.2', '127.0.0.1.evil.example', 'example.org'].some(isLoopback)).toBe(false);
  });
});

test('attempts come back one by one, and a clock set back locks nobody out', () => {
  let nowMs = 1_000_000;
  const limit = createAttemptLimit(2, 1_000, () => nowMs);
  limit.failed();
  expect(limit.waitMs()).toBeNull();
  limit.failed();
  expect(limit.waitMs()).toBe(1_000);
  nowMs += 400;
  expect(limit.waitMs()).toBe(600);
  nowMs -= 500_000;
  expect(limit.waitMs()).toBe(600);
  nowMs += 600;
  expect(limit.waitMs()).toBeNull();
});
