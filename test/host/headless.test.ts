import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';

import { ask } from '../gateway/web-host-under-test.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { openClient, runHeadless, signIn, startHeadless, tempFolder } from './headless-under-test.ts';

describe('a start', () => {
  test('says exactly where the page is, and the page is there', async () => {
    const data = path.join(tempFolder(), 'data');
    const host = await startHeadless(['--port', '0', '--data-dir', data]);
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const cookie = await signIn(host.url);
    const page = await ask(`http://127.0.0.1:${host.port}/`, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Clawdbot</title>');
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] ?? '';
    expect((await ask(`http://127.0.0.1:${host.port}${script}`, { headers: { cookie } })).status).toBe(200);
    const client = await openClient(host.port, cookie);
    expect(await client.app.info()).toMatchObject({ host: 'headless', dataDirectory: data });
    host.child.kill('SIGTERM');
    const { code, stdout, stderr } = await host.ended();
    expect(stdout.split('\n')[0]).toBe(`Clawdbot is ready at ${host.url}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('keeps what it stores to this user, and secrets and words out of the log', async () => {
    const data = path.join(tempFolder(), 'data');
    const host = await startHeadless(['--port', '0', '--data-dir', data], { CLAWDBOT_LOG: 'debug' });
    const cookie = await signIn(host.url);
    const client = await openClient(host.port, cookie);
    await client.chat.create({ title: 'A title nobody else should read' });
    host.child.kill('SIGTERM');
    await host.ended();
    const modeOf = (name: string) => (statSync(path.join(data, name)).mode & 0o777).toString(8);
    expect(modeOf('')).toBe('700');
    expect(modeOf('database.key')).toBe('600');
    expect(modeOf('clawdbot.db')).toBe('600');
    expect(modeOf('logs/clawdbot.log')).toBe('600');
    const log = readFileSync(path.join(data, 'logs/clawdbot.log'), 'utf8');
    expect(log).toContain('"msg":"ready"');
    for (const secret of [host.url.split('token=')[1] ?? '', cookie.split('=')[1] ?? '', 'nobody else']) {
      expect(secret.length).toBeGreaterThan(10);
      expect(log).not.toContain(secret);
      expect(readFileSync(path.join(data, 'clawdbot.db')).includes(secret)).toBe(false);
    }
  });

  test('takes its data directory from the environment', async () => {
    const data = path.join(tempFolder(), 'data');
    await startHeadless(['--port', '0'], { CLAWDBOT_HOME: data });
    expect(existsSync(path.join(data, 'clawdbot.db'))).toBe(true);
  });

  test('does what the configuration file says', async () => {
    const folder = tempFolder();
    await writeTinyModel(path.join(folder, 'tiny.gguf'));
    const config = path.join(folder, 'clawdbot.yaml');
    writeFileSync(config, 'port: 0\ndataDir: data\nmodel: tiny.gguf\nsettings:\n  language: zh\n');
    const host = await startHeadless(['--config', config]);
    const client = await openClient(host.port, await signIn(host.url));
    expect(await client.app.updateSettings({})).toMatchObject({ language: 'zh' });
    expect((await client.models.rescan()).models).toContainEqual(
      expect.objectContaining({ source: 'argument', name: 'Tiny' }),
    );
    expect((await client.app.info()).dataDirectory).toBe(path.join(folder, 'data'));
  });

  test('prints a fresh link once one was used', async () => {
    const host = await startHeadless(['--port', '0', '--data-dir', tempFolder()]);
    await signIn(host.url);
    const fresh = (await host.line(/^To open it in another browser: /)).split(': ')[1] ?? '';
    expect(new URL(fresh).origin).toBe(new URL(host.url).origin);
    expect(fresh).not.toBe(host.url);
    expect((await ask(host.url)).status).toBe(401);
    await signIn(fresh);
  });

  test.runIf(process.platform === 'linux')('opens the browser there is, unless told not to', async () => {
    const folder = tempFolder();
    const opened = path.join(folder, 'opened');
    writeFileSync(path.join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${opened}'\n`, { mode: 0o755 });
    const display = { DISPLAY: ':7', SSH_CONNECTION: undefined, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const quiet = await startHeadless(['--no-open', '--port', '0', '--data-dir', path.join(folder, 'a')], display);
    const host = await startHeadless(['--port', '0', '--data-dir', path.join(folder, 'b')], display);
    await vi.waitFor(() => expect(readFileSync(opened, 'utf8')).toBe(`${host.url}\n`), { timeout: 30_000 });
    expect(quiet.url).not.toBe(host.url);
  });

  test('shows help and version without starting anything', async () => {
    const data = path.join(tempFolder(), 'data');
    const help = await runHeadless(['--help', '--data-dir', data]).ended();
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--model FILE') });
    const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await runHeadless(['--version']).ended()).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect(existsSync(data)).toBe(false);
  });
});

describe('a mistake in the options', () => {
  test.each([
    [['--prot', '1'], /no flag --prot.*--help/],
    [['--port', 'many'], /0 to 65535, not "many"/],
    [['--model', '/nowhere/model.gguf'], /no model file \/nowhere\/model\.gguf/],
    [['--config', '/nowhere/config.yaml'], /\/nowhere\/config\.yaml: there is no such file/],
  ])('%j is told in one line, and nothing is made', async (args, words) => {
    const data = path.join(tempFolder(), 'data');
    const { code, stdout, stderr } = await runHeadless([...args, '--data-dir', data]).ended();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(data)).toBe(false);
  });

  test('in the configuration file is told with the key', async () => {
    const config = path.join(tempFolder(), 'clawdbot.yaml');
    writeFileSync(config, 'settings:\n  langauge: zh\n');
    const { code, stderr } = await runHeadless(['--config', config]).ended();
    expect(code).toBe(2);
    expect(stderr).toContain('key "settings.langauge": there is no such key; allowed here: language');
  });
});

describe('a port in use', () => {
  test('by another Clawdbot is told, with the way out', async () => {
    const first = await startHeadless(['--port', '0', '--data-dir', tempFolder()]);
    const second = await runHeadless(['--port', String(first.port), '--data-dir', tempFolder()]).ended();
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`Port ${first.port} is in use by another Clawdbot.*--port 0`));
  });

  test('by another program is told', async () => {
    const stranger = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await runHeadless(['--port', String(port), '--data-dir', tempFolder()]).ended();
    stranger.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use by another program`);
  });
});

test('a second start on the same data says where the first one is, and disturbs nothing', async () => {
  const data = tempFolder();
  const first = await startHeadless(['--port', '0', '--data-dir', data]);
  const second = await runHeadless(['--port', '0', '--data-dir', data]).ended();
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`It is at http://127.0.0.1:${first.port}/`);
  expect(second.stderr).not.toContain('token');
  await signIn(first.url);
});

describe('data that cannot be used', () => {
  test('because the directory is a file', async () => {
    const file = path.join(tempFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await runHeadless(['--port', '0', '--data-dir', file]).ended();
    expect(code).toBe(1);
    expect(stderr).toMatch(/there is a file of that name.*--data-dir/);
  });

  test.skipIf(process.getuid?.() === 0)('because this user may not write there', async () => {
    const data = tempFolder();
    chmodSync(data, 0o500);
    const { code, stderr } = await runHeadless(['--port', '0', '--data-dir', path.join(data, 'below')]).ended();
    expect(code).toBe(1);
    expect(stderr).toContain('may not read and write it');
  });

  test('because the key is gone, is told and left as it is', async () => {
    const data = tempFolder();
    const host = await startHeadless(['--port', '0', '--data-dir', data]);
    host.child.kill('SIGTERM');
    await host.ended();
    rmSync(path.join(data, 'database.key'));
    const missing = await runHeadless(['--port', '0', '--data-dir', data]).ended();
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/database\.key is missing.*Put back a copy/),
    });
    writeFileSync(path.join(data, 'database.key'), Buffer.alloc(32, 1), { mode: 0o600 });
    const wrong = await runHeadless(['--port', '0', '--data-dir', data]).ended();
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be opened with the key') });
  });

  test('because the settings are damaged, is told and left as it is', async () => {
    const data = tempFolder();
    const file = path.join(data, 'settings.json');
    writeFileSync(file, '{"theme": "pur');
    const { code, stderr } = await runHeadless(['--port', '0', '--data-dir', data]).ended();
    expect(code).toBe(1);
    expect(stderr).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe('{"theme": "pur');
  });

  test('because the log cannot be kept, is told', async () => {
    const data = tempFolder();
    mkdirSync(path.join(data, 'logs/clawdbot.log'), { recursive: true });
    const { code, stderr } = await runHeadless(['--port', '0', '--data-dir', data]).ended();
    expect(code).toBe(1);
    expect(stderr).toMatch(/clawdbot\.log.*--data-dir/);
  });
});

describe('an end', () => {
  test('by kill -9 costs no browser its session and nobody a conversation', async () => {
    const data = tempFolder();
    const first = await startHeadless(['--port', '0', '--data-dir', data]);
    const cookie = await signIn(first.url);
    await (await openClient(first.port, cookie)).chat.create({ title: 'Kept' });
    first.child.kill('SIGKILL');
    expect(await first.ended()).toMatchObject({ signal: 'SIGKILL' });
    const second = await startHeadless(['--port', String(first.port), '--data-dir', data]);
    const client = await openClient(second.port, cookie);
    expect((await client.chat.list({ before: null, limit: 10 })).conversations).toMatchObject([{ title: 'Kept' }]);
  });

  test('by Ctrl-C in the middle of an answer keeps what was written and leaves no process behind', async () => {
    const folder = tempFolder();
    const model = path.join(folder, 'long.gguf');
    await writeScriptedModel(model, {
      text: Array.from({ length: 4_000 }, (_, index) => `word${index}`).join(' '),
      name: 'Long',
    });
    const args = ['--data-dir', path.join(folder, 'data'), '--model', model];
    const host = await startHeadless(['--port', '0', ...args]);
    const cookie = await signIn(host.url);
    const client = await openClient(host.port, cookie);
    const { conversationId, replyId } = await client.chat.send({
      requestId: 'r1',
      conversationId: null,
      text: 'Go',
      modelId: null,
    });
    let shown = '';
    for await (const event of await client.chat.watchThread({ conversationId })) {
      if (event.type === 'snapshot') shown = event.messages.find(({ id }) => id === replyId)?.text ?? '';
      if (event.type === 'delta') shown += event.text;
      if (shown.includes('word20')) break;
    }
    const engine = await engineOf(client);
    // A terminal sends it to the whole group, the engine's process included.
    process.kill(-(host.child.pid ?? NaN), 'SIGINT');
    expect(await host.ended()).toMatchObject({ code: 0, stderr: '' });
    await vi.waitFor(() => expect(() => process.kill(engine, 0)).toThrow('ESRCH'), { timeout: 30_000 });
    const again = await startHeadless(['--port', '0', ...args]);
    const { messages } = await snapshotOf(await openClient(again.port, await signIn(again.url)), conversationId);
    const reply = messages.find(({ id }) => id === replyId);
    expect(reply).toMatchObject({ state: 'interrupted' });
    expect(reply?.text.startsWith(shown)).toBe(true);
  });

  test('of whoever reads its output does not end it', async () => {
    const host = await startHeadless(['--port', '0', '--data-dir', tempFolder()]);
    host.child.stdout?.destroy();
    // Prints a fresh link to nobody.
    const cookie = await signIn(host.url);
    const client = await openClient(host.port, cookie);
    expect(await client.app.info()).toMatchObject({ host: 'headless' });
    expect(host.child.exitCode).toBeNull();
  });

  test('leaves nothing of its lock behind', async () => {
    const data = tempFolder();
    const host = await startHeadless(['--port', '0', '--data-dir', data]);
    host.child.kill('SIGTERM');
    await host.ended();
    expect(readdirSync(data)).not.toContain('lock.json');
    await startHeadless(['--port', '0', '--data-dir', data]);
  });
});

type Client = Awaited<ReturnType<typeof openClient>>;

async function engineOf(client: Client): Promise<number> {
  for await (const { engine } of await client.app.watchStatus()) {
    if (engine.kind === 'ready') return engine.processId;
  }
  throw new Error('the engine never got ready');
}

async function snapshotOf(client: Client, conversationId: string) {
  for await (const event of await client.chat.watchThread({ conversationId })) {
    if (event.type === 'snapshot') return event;
  }
  throw new Error('there was no snapshot');
}
