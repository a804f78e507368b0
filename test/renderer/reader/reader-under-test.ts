import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Browser, Locator, Page } from 'playwright-core';

import { createRouter } from '../../../electron/rpc/router.ts';
import { frameLimitBytes, serveWebSocket } from '../../../electron/rpc/serve-web-socket.ts';
import type { DocumentInfo, ReadPassage } from '../../../shared/contract/index.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { startWebHost } from '../../gateway/web-host-under-test.ts';
import { openPage } from '../../headless/browser.ts';
import { startCore, type CoreUnderTest } from '../../rpc/core-under-test.ts';

export interface ServedReader extends AsyncDisposable {
  readonly core: CoreUnderTest;
  add(name: string, bytes: Buffer): Promise<DocumentInfo>;
  passages(document: DocumentInfo): ReadPassage[];
  open(browser: Browser, options?: OpenOptions): Promise<OpenedReader>;
}

export interface OpenOptions {
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly deviceScaleFactor?: number;
}

export interface OpenedReader extends AsyncDisposable {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Addresses outside the page's own host that it tried to reach. */
  readonly strangers: readonly string[];
  /** The scrolling part of the pane. */
  readonly pages: Locator;
  show(place: { document: DocumentInfo; seq?: number; page?: number; quote?: string }): Promise<void>;
}

/** The reader's pane, built as the app is, on a real core behind the real web host. */
export async function serveReader(): Promise<ServedReader> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-reader-'));
  const built = path.join(folder, 'page');
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'page/build-page-child.ts'), built], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const core = await startCore();
  const router = createRouter(core.services, silentLog);
  const web = await startWebHost({
    rendererFolder: built,
    serveRpc: (socket, id) => serveWebSocket(socket, router, { kind: 'web', id }, silentLog),
    frameLimitBytes,
  });
  return {
    core,
    async add(name, bytes) {
      const file = path.join(folder, 'file');
      await writeFile(file, bytes);
      for await (const event of core.core.documents.add({ path: file, name }, AbortSignal.timeout(170_000))) {
        if (event.type === 'done') return event.document;
      }
      throw new Error('Nothing came of the file.');
    },
    passages: ({ id }) => core.core.reader.passages(id, 0, 500),
    async open(browser, options = {}) {
      const strangers: string[] = [];
      const observed = await openPage(browser, 'about:blank', options);
      const { page, context, problems } = observed;
      page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:') strangers.push(request.url());
      });
      await page.goto(web.host.freshLink());
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      return {
        page,
        problems,
        strangers,
        pages: page.locator('[data-reader-scroller]'),
        async show({ document, seq, page: number, quote }) {
          const place = [document.id, seq ?? '', number ?? '', quote ?? ''].map((part) =>
            encodeURIComponent(String(part)),
          );
          await page.evaluate((hash) => {
            location.hash = hash;
          }, place.join('/'));
        },
        [Symbol.asyncDispose]: () => context.close(),
      };
    },
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]();
      await core[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
