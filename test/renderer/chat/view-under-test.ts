import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RequestListener } from 'node:http';

import { pageSecurityHeaders } from '../../../shared/model/content-security-policy.ts';
import { startFakeBackend, type FakeBackend } from '../../fakes/fake-backend.ts';
import type { ScriptedChat } from './scripted-chat.ts';
import { servicesWith } from './services-with.ts';

export interface BuiltPage extends AsyncDisposable {
  readonly folder: string;
}

/** The page around the chat view, built as the app is: minified, split, without inline scripts. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-chat-page-'));
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'page/build-page-child.ts'), folder], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export interface ServedView extends AsyncDisposable {
  readonly backend: FakeBackend;
  readonly url: string;
}

/** The built page and the scripted conversation behind one address, under the security policy of the app. */
export async function serveView(page: BuiltPage, script: ScriptedChat, port = 0): Promise<ServedView> {
  const backend = await startFakeBackend(servicesWith(script.chat, script.context), {
    port,
    respond: respondFrom(page.folder),
  });
  return {
    backend,
    url: `http://127.0.0.1:${backend.port}/`,
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

function respondFrom(folder: string): RequestListener {
  return (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.join(folder, name === '/' ? 'index.html' : name);
    const headers = pageSecurityHeaders([`ws://${request.headers.host}`]);
    // As the app serves it: a worker lives under the policy of its own file, which allows nothing.
    if (path.extname(file) !== '.html') headers['content-security-policy'] = "default-src 'none'";
    readFile(file).then(
      (content) =>
        response.writeHead(200, { ...headers, 'content-type': types[path.extname(file)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  };
}
