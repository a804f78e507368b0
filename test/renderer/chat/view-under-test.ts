import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RequestListener } from 'node:http';

import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

import { pageSecurityHeaders } from '../../../shared/model/content-security-policy.ts';
import { startFakeBackend, type FakeBackend } from '../../fakes/fake-backend.ts';
import { createFakeModels } from '../../fakes/fake-models.ts';
import { createFakeSettings } from '../../fakes/fake-settings.ts';
import { createFakeStatus } from '../../fakes/fake-status.ts';
import type { ScriptedChat } from './scripted-chat.ts';

export interface BuiltPage extends AsyncDisposable {
  readonly folder: string;
}

/** The page around the chat view, built as the app is: minified, split, without inline scripts. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-chat-page-'));
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'page'),
    base: './',
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, chunkSizeWarningLimit: 2_000 },
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export interface ServedView extends AsyncDisposable {
  readonly backend: FakeBackend;
  readonly url: string;
}

/** The built page and the scripted conversation behind one address, under the security policy of the app. */
export async function serveView(page: BuiltPage, script: ScriptedChat, port = 0): Promise<ServedView> {
  const backend = await startFakeBackend(
    {
      chat: script.chat,
      models: createFakeModels({ models: [], defaultModelId: null, folder: '/models' }),
      settings: createFakeSettings(),
      status: createFakeStatus(),
    },
    { port, respond: respondFrom(page.folder) },
  );
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
    const policy = pageSecurityHeaders([`ws://${request.headers.host}`]);
    readFile(file).then(
      (content) => response.writeHead(200, { ...policy, 'content-type': types[path.extname(file)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  };
}
