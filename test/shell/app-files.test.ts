import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createAppFiles, tryAppFile } from '../../electron/shell/app-files.ts';
import { contentSecurityPolicy } from '../../shared/model/content-security-policy.ts';

let folder: string;
let outside: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(async () => {
  const base = await mkdtemp(path.join(tmpdir(), 'clawdbot-pages-'));
  folder = path.join(base, 'renderer');
  outside = path.join(base, 'secret.json');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Clawdbot</title>');
  await writeFile(path.join(folder, 'assets/index-B1x_-a9.js'), 'export {};');
  await writeFile(path.join(folder, 'assets/notes.exe'), 'not a page');
  await writeFile(outside, '{"secret":true}');
  serve = createAppFiles(folder, (request) => {
    const what = request.format === 'prepared' ? request.ticket : (request.conversationId ?? 'all');
    return what === 'gone'
      ? undefined
      : { name: "Mia's 冰川.md", type: 'text/markdown', content: inTwo(`${request.format} of ${what}`) };
  });
});

afterAll(() => rm(path.dirname(folder), { recursive: true, force: true }));

async function* inTwo(text: string) {
  yield text.slice(0, 3);
  yield Buffer.from(text.slice(3));
}

test('a window can save a prepared file by its ticket', async () => {
  const ticket = 'a1'.repeat(16);
  expect(await (await get(`clawdbot-app://app/export?ticket=${ticket}`)).text()).toBe(`prepared of ${ticket}`);
});

test('a window can save an export, which is not shown in it', async () => {
  const one = await get('clawdbot-app://app/export?format=markdown&conversation=c1');
  expect(await one.text()).toBe('markdown of c1');
  expect(one.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Mia%27s%20%E5%86%B0%E5%B7%9D.md");
  expect(await (await get('clawdbot-app://app/export?format=json')).text()).toBe('json of all');
  for (const address of [
    '/export',
    '/export?format=exe',
    '/export?format=json&conversation=gone',
    '/a/export?format=json',
  ]) {
    expect((await get(`clawdbot-app://app${address}`)).status, address).toBe(404);
  }
});

const get = (address: string) => serve(new Request(address));

describe("the pages' own scheme", () => {
  test('answers with a page, its type and the whole set of security headers', async () => {
    for (const address of ['clawdbot-app://app/', 'clawdbot-app://app/index.html?surface=quick#x']) {
      const response = await get(address);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy());
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await response.text()).toContain('<title>Clawdbot</title>');
    }
  });

  test('sends scripts as scripts, because a module of another type is refused', async () => {
    const response = await get('clawdbot-app://app/assets/index-B1x_-a9.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe('export {};');
  });

  test('answers HEAD without a body, and other methods not at all', async () => {
    const head = await serve(new Request('clawdbot-app://app/index.html', { method: 'HEAD' }));
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await serve(new Request('clawdbot-app://app/index.html', { method: 'POST', body: 'x' }));
    expect(post.status).toBe(405);
  });

  test('says of a folder, of a missing file and of an unknown type alike that it is not there', async () => {
    for (const name of ['assets', 'assets/', 'missing.html', 'assets/notes.exe', 'index.html/x.js']) {
      const response = await get(`clawdbot-app://app/${name}`);
      expect(response.status, name).toBe(404);
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy());
    }
  });

  test.each([
    'clawdbot-app://app/../secret.json',
    'clawdbot-app://app/..%2fsecret.json',
    'clawdbot-app://app/%2e%2e/secret.json',
    'clawdbot-app://app/..%5csecret.json',
    'clawdbot-app://app/assets/..\\..\\secret.json',
    'clawdbot-app://app//etc/hosts.txt',
    'clawdbot-app://app/%00/index.html',
    'clawdbot-app://app/assets/....//secret.json',
    'clawdbot-app://app/.hidden.json',
    'clawdbot-app://app/C:/secret.json',
    'clawdbot-app://app/index.html::$DATA.txt',
    'clawdbot-app://other/index.html',
    'clawdbot-app://app:80/index.html',
    'file:///etc/hosts.txt',
    'https://app/index.html',
  ])('never leaves its folder for %s', async (address) => {
    const response = await get(address);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('finds nothing outside its folder, however an address is put together', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '%2f',
        '%5c',
        '\\',
        '/',
        'assets',
        'secret.json',
        'index.html',
        '%00',
        '~',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), fc.constantFrom('/', '\\', '%2f', '//'), (pieces, separator) => {
        const found = tryAppFile(`clawdbot-app://app/${pieces.join(separator)}`);
        if (!found) return;
        const resolved = path.resolve(folder, ...found.segments);
        expect(resolved.startsWith(folder + path.sep)).toBe(true);
        expect(found.segments.join('')).not.toMatch(/[%\\/:\0]|\.\./);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the policy of the pages', () => {
  test('allows nothing inline and nothing from elsewhere', () => {
    const policy = contentSecurityPolicy();
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('takes origins to connect to and nothing that could smuggle in a directive', () => {
    expect(contentSecurityPolicy(['ws://127.0.0.1:25293'])).toContain("connect-src 'self' ws://127.0.0.1:25293");
    expect(contentSecurityPolicy(['ws://[::1]:80'])).toContain('ws://[::1]:80');
    for (const bad of ["ws://a; script-src 'unsafe-inline'", '*', 'ws://a b', 'javascript:alert(1)', '']) {
      expect(() => contentSecurityPolicy([bad]), bad).toThrow(TypeError);
    }
  });
});
