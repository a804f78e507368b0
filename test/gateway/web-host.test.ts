import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, test } from 'vitest';

import { ask, createSessionsInMemory, openSocket, startWebHost } from './web-host-under-test.ts';

const english = { 'accept-language': 'en-GB,en;q=0.9' };

describe('a browser without a session', () => {
  test('is told what to do, in its language, and sees nothing of the app', async () => {
    await using web = await startWebHost();
    const inEnglish = await ask(web.host.url, { headers: english });
    expect(inEnglish.status).toBe(401);
    expect(inEnglish.body).toContain('Open Clawdbot with its link');
    expect(inEnglish.headers['set-cookie']).toBeUndefined();
    const inChinese = await ask(web.host.url, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
    expect(inChinese.body).toContain('<html lang="zh-CN">');
    expect(inChinese.body).toContain('请用专用链接打开 Clawdbot');
    for (const path of ['/assets/index-abc123.js', '/index.html', '/icon.svg', '/rpc', '/unknown']) {
      expect((await ask(web.host.url, { path })).status, path).toBe(401);
    }
  });

  test('gets a page whose policy allows exactly its own style', async () => {
    await using web = await startWebHost();
    const { headers, body } = await ask(web.host.url);
    const policy = String(headers['content-security-policy']);
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
    expect(policy).toContain(`style-src 'sha256-${digest}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(body).not.toContain('style="');
  });

  test('may ask whether the host is up, and learns nothing else', async () => {
    await using web = await startWebHost();
    const { status, body } = await ask(web.host.url, { path: '/healthz' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ status: 'ok', app: 'clawdbot' });
  });
});

describe('a one-time link', () => {
  test('sets a cookie that no script and no other site can use, and leads to the app', async () => {
    await using web = await startWebHost();
    const admitted = await ask(web.host.freshLink());
    expect(admitted.status).toBe(303);
    expect(admitted.headers.location).toBe('/');
    expect(admitted.headers['cache-control']).toBe('no-store');
    const [cookie] = admitted.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(new RegExp(`^clawdbot-${web.host.port}=[\\w-]{43};`));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    const page = await ask(web.host.url, { headers: { cookie: admitted.cookie ?? '' } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Clawdbot</title>');
  });

  test('works once; a fresh one is announced and works', async () => {
    await using web = await startWebHost();
    const link = web.host.freshLink();
    expect((await ask(link)).status).toBe(303);
    const again = await ask(link, { headers: english });
    expect(again.status).toBe(401);
    expect(again.body).toContain('This link has been used');
    expect(again.cookie).toBeUndefined();
    expect(web.links).toHaveLength(1);
    expect((await ask(web.links[0] ?? '')).status).toBe(303);
    expect(web.links).toHaveLength(2);
  });

  test('is worth nothing once a newer one was made', async () => {
    await using web = await startWebHost();
    const older = web.host.freshLink();
    web.host.freshLink();
    expect((await ask(older)).status).toBe(401);
  });

  test('that was used already still opens the app in a browser that is in', async () => {
    await using web = await startWebHost();
    const link = web.host.freshLink();
    const { cookie = '' } = await ask(link);
    const again = await ask(link, { headers: { cookie } });
    expect(again.status).toBe(303);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('followed from another page goes on by itself, because a redirect would lose the cookie', async () => {
    await using web = await startWebHost();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    const admitted = await ask(web.host.freshLink(), { headers });
    expect(admitted.status).toBe(200);
    expect(admitted.cookie).toBeDefined();
    expect(admitted.body).toContain('<meta http-equiv="refresh" content="0;url=/">');
  });

  test('that is wrong has its own words, and too many of them make links rest, not the app', async () => {
    let nowMs = Date.now();
    await using web = await startWebHost({ clock: { now: () => nowMs } });
    const cookie = await web.signIn();
    const wrong = `${web.host.url}?token=wrong`;
    const first = await ask(wrong, { headers: english });
    expect(first.status).toBe(401);
    expect(first.body).toContain('This link is not right');
    for (let attempt = 0; attempt < 9; attempt += 1) await ask(wrong);
    const limited = await ask(wrong);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    const right = web.host.freshLink();
    expect((await ask(right)).status).toBe(429);
    expect((await ask(web.host.url, { headers: { cookie } })).status).toBe(200);
    nowMs += 10_000;
    expect((await ask(right)).status).toBe(303);
  });

  test('never reaches the log', async () => {
    await using web = await startWebHost();
    const token = new URL(web.host.freshLink()).searchParams.get('token') ?? '';
    await ask(`${web.host.url}?token=${token}`);
    await ask(`${web.host.url}?token=${token}`);
    expect(token).toHaveLength(43);
    expect(web.log.entries.length).toBeGreaterThan(0);
    expect(web.log.text()).not.toContain(token);
  });
});

describe('a session', () => {
  test('is stored only as a hash and outlives the host', async () => {
    const sessions = createSessionsInMemory();
    let cookie: string;
    let port: number;
    {
      await using web = await startWebHost({ sessions });
      cookie = await web.signIn();
      port = web.host.port;
    }
    const secret = cookie.split('=')[1] ?? '';
    expect([...sessions.rows.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect([...sessions.rows.keys()].join()).not.toContain(secret);
    await using web = await startWebHost({ sessions, port });
    expect((await ask(web.host.url, { headers: { cookie } })).status).toBe(200);
  });

  test('ends 30 days after its last use', async () => {
    const dayMs = 24 * 60 * 60 * 1000;
    let nowMs = Date.now();
    await using web = await startWebHost({ clock: { now: () => nowMs } });
    const cookie = await web.signIn();
    const status = async () => (await ask(web.host.url, { headers: { cookie } })).status;
    nowMs += 29 * dayMs;
    expect(await status()).toBe(200);
    nowMs += 29 * dayMs;
    expect(await status()).toBe(200);
    nowMs += 31 * dayMs;
    expect(await status()).toBe(401);
  });

  test('cannot be made up', async () => {
    await using web = await startWebHost();
    await web.signIn();
    const name = `clawdbot-${web.host.port}`;
    for (const value of ['', 'x', 'x'.repeat(43), 'x'.repeat(4_000), '%00', '../../']) {
      expect((await ask(web.host.url, { headers: { cookie: `${name}=${value}` } })).status, value).toBe(401);
    }
  });
});

describe('another site', () => {
  test('that points its own name here is refused, cookie or not', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    const { port } = web.host;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
    ]) {
      const answer = await ask(web.host.url, { headers: { cookie, host, ...english } });
      expect(answer.status, host).toBe(403);
      expect(answer.body).toContain('not Clawdbot’s');
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect((await ask(web.host.url, { headers: { cookie, host } })).status, host).toBe(200);
    }
  });

  test('cannot load or embed anything, but may link here', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    for (const site of ['cross-site', 'same-site']) {
      for (const dest of ['image', 'script', 'iframe', 'empty']) {
        const headers = { cookie, 'sec-fetch-site': site, 'sec-fetch-dest': dest };
        expect((await ask(web.host.url, { headers })).status, `${site} ${dest}`).toBe(403);
      }
    }
    const link = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    expect((await ask(web.host.url, { headers: link })).status).toBe(200);
  });

  test('cannot open the WebSocket', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    const { port } = web.host;
    const own = `http://127.0.0.1:${port}`;
    expect(await openSocket(web.host, { cookie, origin: 'https://evil.example' })).toEqual({ refused: 403 });
    expect(await openSocket(web.host, { cookie, origin: 'null' })).toEqual({ refused: 403 });
    expect(await openSocket(web.host, { cookie, origin: `http://localhost:${port}` })).toEqual({ refused: 403 });
    expect(await openSocket(web.host, { cookie, origin: `https://127.0.0.1:${port}` })).toEqual({ refused: 403 });
    expect(await openSocket(web.host, { cookie })).toEqual({ refused: 403 });
    expect(await openSocket(web.host, { origin: own })).toEqual({ refused: 401 });
    const host = `evil.example:${port}`;
    expect(await openSocket(web.host, { cookie, host, origin: `http://${host}` })).toEqual({ refused: 403 });
    const opened = await openSocket(web.host, { cookie, origin: own });
    expect(opened).toMatchObject({ first: expect.stringMatching(/^session [0-9a-f]{12}$/) });
  });

  test('may be allowed by name, for a machine with one', async () => {
    await using web = await startWebHost({ allowedHosts: ['mini.local'] });
    const host = `mini.local:${web.host.port}`;
    expect((await ask(web.host.url, { headers: { host } })).status).toBe(401);
    expect((await ask(web.host.url, { headers: { host: `other.local:${web.host.port}` } })).status).toBe(403);
  });
});

describe('what is served', () => {
  test('carries the headers that keep a page to itself', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    const page = await ask(web.host.url, { headers: { cookie } });
    const policy = String(page.headers['content-security-policy']);
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      `connect-src 'self' ws://127.0.0.1:${web.host.port}`,
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    // A worker obeys the policy of its own file, and some load further scripts.
    const script = await ask(web.host.url, { headers: { cookie }, path: '/assets/index-abc123.js' });
    expect(String(script.headers['content-security-policy']).split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "script-src 'self'",
    ]);
    for (const path of ['/', '/assets/index-abc123.js', '/healthz', '/nothing']) {
      const { headers } = await ask(web.host.url, { headers: { cookie }, path });
      expect(headers, path).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
    }
  });

  test('is kept by the browser only when its name changes with its content', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    const kept = async (path: string) =>
      (await ask(web.host.url, { headers: { cookie }, path })).headers['cache-control'];
    expect(await kept('/')).toBe('no-store');
    expect(await kept('/index.html')).toBe('no-store');
    expect(await kept('/icon.svg')).toBe('no-cache');
    expect(await kept('/assets/index-abc123.js')).toBe('public, max-age=31536000, immutable');
  });

  test('lies inside the folder of the web UI', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    for (const path of [
      '/../database.key',
      '/%2e%2e/database.key',
      '/..%2fdatabase.key',
      '/assets/../../database.key',
      '//database.key',
      '/%00',
      '/assets/',
    ]) {
      const { status, body } = await ask(web.host.url, { headers: { cookie }, path });
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
      expect(body, path).not.toContain('not to be served');
    }
  });

  test('is only read: other methods lead nowhere', async () => {
    await using web = await startWebHost();
    const cookie = await web.signIn();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask(web.host.url, { headers: { cookie }, method })).status, method).toBe(404);
    }
  });
});

describe('a hostile client', () => {
  test('that never finishes its request is cut off', async () => {
    await using web = await startWebHost({ patienceMs: 200 });
    const socket = net.connect(web.host.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    socket.resume();
    await once(socket, 'close');
    expect((await ask(web.host.url)).status).toBe(401);
  });

  test('that sends enormous headers is refused', async () => {
    await using web = await startWebHost();
    const { status } = await ask(web.host.url, { headers: { 'x-large': 'x'.repeat(64 * 1024) } });
    expect(status).toBe(431);
  });

  test('that sends an oversized frame is cut off, and others are not', async () => {
    await using web = await startWebHost();
    const headers = { cookie: await web.signIn(), origin: `http://127.0.0.1:${web.host.port}` };
    const hostile = await openSocket(web.host, headers);
    const other = await openSocket(web.host, headers);
    if ('refused' in hostile || 'refused' in other) throw new Error('the socket was refused');
    hostile.socket.on('error', () => {});
    hostile.socket.send('x'.repeat(2 * 1024 * 1024));
    const [code] = await once(hostile.socket, 'close');
    expect(code).toBe(1009);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  test('cannot open pages without end', async () => {
    await using web = await startWebHost();
    const headers = { cookie: await web.signIn(), origin: `http://127.0.0.1:${web.host.port}` };
    const opened = await Promise.all(Array.from({ length: 32 }, () => openSocket(web.host, headers)));
    expect(opened.every((result) => 'socket' in result)).toBe(true);
    expect(await openSocket(web.host, headers)).toEqual({ refused: 1013 });
  });
});

test('a port in use is said to be in use, and by whom', async () => {
  await using web = await startWebHost();
  await expect(startWebHost({ port: web.host.port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    data: { port: web.host.port },
    message: expect.stringMatching(/another Clawdbot.*--port 0/),
  });
  const stranger = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startWebHost({ port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining('another program'),
  });
  stranger.close();
});

test('closing ends open pages with a reason', async () => {
  const web = await startWebHost();
  const headers = { cookie: await web.signIn(), origin: `http://127.0.0.1:${web.host.port}` };
  const opened = await openSocket(web.host, headers);
  if ('refused' in opened) throw new Error('the socket was refused');
  const closed = once(opened.socket, 'close');
  await web[Symbol.asyncDispose]();
  expect((await closed)[0]).toBe(1001);
});

test('listening beyond the machine is warned about', async () => {
  await using web = await startWebHost({ host: '0.0.0.0' });
  expect(web.log.entries).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('beyond this machine') }),
  );
  expect((await ask(web.host.url)).status).toBe(401);
});
