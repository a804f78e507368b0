import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isOwnPage, mayLoad, tryExternalLink } from '../../electron/shell/link-policy.ts';

describe('links out of a page', () => {
  test('go to the browser or the mail program', () => {
    expect(tryExternalLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
    expect(tryExternalLink('mailto:someone@example.org')).toBe('mailto:someone@example.org');
    expect(tryExternalLink(' HTTPS://Example.ORG ')).toBe('https://example.org/');
  });

  test.each([
    'http://example.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,<script>',
    'smb://server/share',
    'ms-msdt:/id',
    'vscode://file/x',
    'clawdbot-app://app/index.html',
    'x-apple.systempreferences:com.apple.preference.security',
    'https://bank.example@evil.example/',
    'https://user:pass@example.org/',
    'https://',
    '//example.org',
    'not an address',
    '',
    `https://example.org/${'a'.repeat(5_000)}`,
  ])('are refused when they could do something else: %s', (address) => {
    expect(tryExternalLink(address)).toBeUndefined();
  });

  test('are plain https or mailto, whatever text a model writes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.webUrl().map((url) => `x${url}`),
        ),
        (text) => {
          expect(tryExternalLink(text) ?? 'mailto:').toMatch(/^(?:https:\/\/[^/@]+|mailto:)/);
        },
      ),
    );
  });
});

describe('our own pages', () => {
  test('are those of the app scheme and of no other', () => {
    expect(isOwnPage('clawdbot-app://app/index.html?surface=chat')).toBe(true);
    for (const address of [
      'clawdbot-app://evil/index.html',
      'clawdbot-app://app.evil/index.html',
      'clawdbot-app://user@app/index.html',
      'clawdbot-app:app/index.html',
      'clawdbot-app-x://app/',
      'https://app/',
      'http://127.0.0.1:5173/',
      'about:blank',
      'data:text/html,x',
      '',
    ]) {
      expect(isOwnPage(address), address).toBe(false);
    }
  });

  test('load from nowhere else', () => {
    expect(mayLoad('clawdbot-app://app/assets/a.js')).toBe(true);
    expect(mayLoad('blob:clawdbot-app://app/1')).toBe(true);
    expect(mayLoad('https://example.org/pixel.png')).toBe(false);
    expect(mayLoad('ws://127.0.0.1:5173/')).toBe(false);
    expect(mayLoad('file:///etc/hosts')).toBe(false);
  });
});
