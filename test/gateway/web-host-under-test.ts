import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';

import { createWebHost, type WebHost, type WebHostOptions } from '../../electron/gateway/web-host.ts';
import type { WebSessions } from '../../electron/gateway/web-sessions.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';

export interface WebHostUnderTest extends AsyncDisposable {
  readonly host: WebHost;
  readonly rendererFolder: string;
  /** Fresh addresses it announced. */
  readonly links: string[];
  readonly log: RecordingLog;
  /** Opens a one-time address as a browser would and returns the cookie it was given. */
  signIn(): Promise<string>;
}

export async function startWebHost(options: Partial<WebHostOptions> = {}): Promise<WebHostUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-web-'));
  const rendererFolder = path.join(folder, 'renderer');
  await mkdir(path.join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Clawdbot</title>');
  await writeFile(path.join(rendererFolder, 'assets', 'index-abc123.js'), 'console.log(1);');
  await writeFile(path.join(rendererFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(folder, 'database.key'), 'not to be served');
  const links: string[] = [];
  const log = createRecordingLog();
  const host = await createWebHost({
    rendererFolder,
    port: 0,
    host: '127.0.0.1',
    allowedHosts: [],
    sessions: createSessionsInMemory(),
    serveRpc: (socket, sessionId) => socket.send(`session ${sessionId}`),
    onFreshLink: (url) => links.push(url),
    frameLimitBytes: 1024 * 1024,
    exportFile: () => undefined,
    clock: { now: () => Date.now() },
    log,
    ...options,
  });
  return {
    host,
    rendererFolder,
    links,
    log,
    signIn: async () => {
      const { cookie } = await ask(host.freshLink());
      if (cookie === undefined) throw new Error('no cookie was set');
      return cookie;
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function createSessionsInMemory(): WebSessions & { readonly rows: Map<string, number> } {
  const rows = new Map<string, number>();
  return {
    rows,
    add: (idHash, expiresAtMs) => void rows.set(idHash, expiresAtMs),
    expiryOf: (idHash) => rows.get(idHash),
    extend: (idHash, expiresAtMs) => void (rows.has(idHash) && rows.set(idHash, expiresAtMs)),
    removeExpired: (nowMs) => rows.forEach((expiresAtMs, idHash) => expiresAtMs <= nowMs && rows.delete(idHash)),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Name and value, as it is sent back. */
  readonly cookie: string | undefined;
}

/** A request with exactly these headers; `fetch` would not let a test lie about `Host`. */
export function ask(
  url: string,
  options: { headers?: Record<string, string>; method?: string; path?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const request = http.request(
      {
        host: target.hostname.replace(/[[\]]/g, ''),
        port: target.port,
        path: options.path ?? target.pathname + target.search,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

/** Opens the calls' WebSocket; when it is refused, answers with the status, or with the code it was closed with. */
export function openSocket(
  host: WebHost,
  headers: Record<string, string>,
): Promise<{ socket: WebSocket; first: string } | { refused: number }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers });
    socket.once('message', (data) => resolve({ socket, first: String(data) }));
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve({ refused: response.statusCode ?? 0 });
    });
    socket.once('close', (code) => resolve({ refused: code }));
    socket.once('error', reject);
  });
}
