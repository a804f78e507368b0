import fc from 'fast-check';
import { expect, test } from 'vitest';

import { trySafeAddress } from '../../../renderer/chat/safe-address.ts';

test('web and mail addresses may be opened', () => {
  expect(trySafeAddress('https://example.com/a?b=c#d')).toBe('https://example.com/a?b=c#d');
  expect(trySafeAddress(' http://例子.测试/潮 ')).toMatch(/^http:\/\/xn--/);
  expect(trySafeAddress('mailto:mia@example.com')).toBe('mailto:mia@example.com');
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'vbscript:x',
  'clawdbot://open',
  'x-apple.systempreferences:',
  '//example.com',
  '/rpc',
  '#fragment',
  'streamdown:incomplete-link',
  '',
  null,
  42,
])('%s may not', (address) => {
  expect(trySafeAddress(address)).toBeUndefined();
});

test('whatever a model writes, only three kinds of address come out', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc
      .tuple(fc.constantFrom('javascript:', 'data:', 'https:', 'file:', '\u0000', '\t'), fc.string())
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(hostile, (address) => {
      const safe = trySafeAddress(address);
      if (safe !== undefined) expect(safe).toMatch(/^(?:https?:\/\/|mailto:)/);
    }),
  );
});
