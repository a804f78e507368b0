import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Browser, Page } from 'playwright-core';

import { pageSecurityHeaders } from '../../../shared/model/content-security-policy.ts';
import { startFakeBackend, type FakeBackend } from '../../fakes/fake-backend.ts';
import { openPage } from '../../headless/browser.ts';
import { ChatPage } from '../../headless/chat-page.ts';
import { createFakeServices, createModel, type FakeServices } from '../services.ts';

export interface BuiltWindow extends AsyncDisposable {
  readonly folder: string;
}

/** The whole interface, built as it is shipped. */
export async function buildWindow(): Promise<BuiltWindow> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-window-'));
  // In a process of its own: the one that runs tests would have React built for development.
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'build-window-child.ts'), folder], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export interface OpenedWindow extends AsyncDisposable {
  readonly services: FakeServices;
  readonly backend: FakeBackend;
  readonly page: Page;
  readonly chat: ChatPage;
  /** Errors of the page and of its security policy. */
  readonly problems: readonly string[];
  /** What has the focus: its accessible name or its text. */
  focused(): Promise<string>;
}

export interface OpenWindowOptions {
  readonly services?: FakeServices;
  /** What stands after the host in the address. */
  readonly address?: string;
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { width: number; height: number };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface ServedWindow extends AsyncDisposable {
  readonly services: FakeServices;
  readonly backend: FakeBackend;
  /** Ends with a slash. */
  readonly url: string;
}

/** The built interface and the services behind it, under the security policy of the app. */
export async function serveWindow(
  built: BuiltWindow,
  services: FakeServices = createFurnishedServices(),
): Promise<ServedWindow> {
  const backend = await startFakeBackend(services, {
    respond(request, response) {
      const name = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = path.join(built.folder, name === '/' ? 'index.html' : name);
      const policy = pageSecurityHeaders([`ws://${request.headers.host}`]);
      readFile(file).then(
        (content) =>
          response
            .writeHead(200, { ...policy, 'content-type': types[path.extname(file)] ?? 'text/plain' })
            .end(content),
        () => response.writeHead(404).end(),
      );
    },
  });
  return {
    services,
    backend,
    url: `http://127.0.0.1:${backend.port}/`,
    async [Symbol.asyncDispose]() {
      await backend[Symbol.asyncDispose]();
      await services.chat[Symbol.asyncDispose]();
      await services.models[Symbol.asyncDispose]();
    },
  };
}

export async function openWindow(
  browser: Browser,
  built: BuiltWindow,
  options: OpenWindowOptions = {},
): Promise<OpenedWindow> {
  const served = await serveWindow(built, options.services);
  const { page, context, problems } = await openPage(browser, served.url + (options.address ?? ''), options);
  await page.getByRole('textbox').first().waitFor();
  return {
    services: served.services,
    backend: served.backend,
    page,
    chat: new ChatPage(page),
    problems,
    focused: () => focused(page),
    async [Symbol.asyncDispose]() {
      await context.close();
      await served[Symbol.asyncDispose]();
    },
  };
}

/** What has the focus: its accessible name or its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );
}

const dayMs = 86_400_000;

/** Conversations of several days, and a model in every state. */
export function createFurnishedServices(): FakeServices {
  const services = createFakeServices({
    chat: { wordMs: 5, answer: (question) => `You asked about ${question}, and here are a few words about it.` },
    models: {
      defaultModelId: 'small',
      models: [
        createModel({ id: 'small', name: 'Small Model', state: { kind: 'loaded' }, expectedFirstWordMs: 310 }),
        createModel({ id: 'other', name: 'Other Model' }),
        createModel({
          id: 'large',
          name: 'Large Model',
          state: { kind: 'doesNotFit', neededBytes: 9_100_000_000, freeBytes: 5_200_000_000 },
        }),
        createModel({
          id: 'broken',
          name: 'Broken Model',
          state: { kind: 'unusable', reason: 'The file ends early.' },
        }),
      ],
    },
  });
  const now = Date.now();
  const plant = (title: string, daysAgo: number, pinned = false) =>
    services.chat.plant({ title, pinned, updatedAt: now - daysAgo * dayMs }, [
      `What about ${title}?`,
      `About ${title}.`,
    ]);
  plant('Tides', 0);
  plant('Letter', 1);
  plant('Weekend in Ghent', 4);
  plant('Black holes', 5);
  plant('Kept notes', 9, true);
  plant('Soup for six', 70);
  return services;
}
