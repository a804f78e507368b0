import cookies from '@fastify/cookie';
import files from '@fastify/static';
import webSockets from '@fastify/websocket';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { WebSocket } from 'ws';

import { commonSecurityHeaders } from '../../shared/model/content-security-policy.ts';
import type { Log } from '../ports.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { decideAccess, healthPath, type Access, type AccessParts } from './access.ts';
import type { PageKind } from './page-texts.ts';
import { appPolicy, emptyPolicy, scriptPolicy, wordsPolicy } from './security-headers.ts';
import { cookieLifetimeSeconds } from './session-gate.ts';
import { serveExports } from './serve-exports.ts';
import { styleHash, wordsPage } from './words-page.ts';

declare module 'fastify' {
  interface FastifyRequest {
    sessionId: string;
  }
}

export interface WebServerOptions {
  /** The built web UI: `index.html`, and files named after their content under `assets/`. */
  readonly rendererFolder: string;
  /** Answers the calls of one page; `sessionId` tells browsers apart. */
  readonly serveRpc: (socket: WebSocket, sessionId: string) => void;
  /** Longest frame a page may send. */
  readonly frameLimitBytes: number;
  /** A file for a page to download; undefined when there is none. */
  readonly exportFile: Transfer['export'];
  readonly log: Log;
  readonly access: AccessParts;
  readonly cookieName: () => string;
  /** Time a browser has for the head of a request, and again for the whole of it. */
  readonly patienceMs: number;
}

/** Pages one browser may have open. */
const socketsPerSession = 32;
const connectionsLimit = 512;

/** The HTTP server with all its rules, not listening yet. */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const { log, patienceMs } = options;
  const server = fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: patienceMs,
    keepAliveTimeout: 10_000,
    forceCloseConnections: true,
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: patienceMs,
      // Node looks for requests that take too long only this often; its default of 30 s would be the real timeout.
      connectionsCheckingInterval: Math.min(5_000, patienceMs),
    },
  });
  server.server.maxConnections = connectionsLimit;
  server.decorateRequest('sessionId', '');

  await server.register(cookies);
  await server.register(webSockets, {
    options: { maxPayload: options.frameLimitBytes, perMessageDeflate: false },
    // Each socket has a listener of its own for errors by then.
    errorHandler: (error, socket) => {
      log.warn({ reason: error.message }, 'a WebSocket failed');
      socket.terminate();
    },
    preClose(done) {
      for (const socket of this.websocketServer.clients) {
        socket.close(1001, 'shutting down');
        setTimeout(() => socket.terminate(), 500).unref();
      }
      this.websocketServer.close(() => done());
    },
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...commonSecurityHeaders, 'content-security-policy': emptyPolicy, 'cache-control': 'no-store' });
    return letIn(request, reply, options);
  });
  await server.register(files, {
    root: path.resolve(options.rendererFolder),
    index: false,
    cacheControl: false,
    decorateReply: true,
    setHeaders: (reply, file) => {
      // A page that is kept would load assets which the next version no longer has.
      if (path.extname(file) === '.html') return;
      if (path.extname(file) === '.js') reply.header('content-security-policy', scriptPolicy);
      const named = path.basename(path.dirname(file)) === 'assets';
      reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  server.get(healthPath, () => ({ status: 'ok', app: 'clawdbot' }));
  server.get('/', (request, reply) => sendApp(request, reply));
  server.get('/index.html', (request, reply) => sendApp(request, reply));
  serveSockets(server, options);
  serveExports(server, options.exportFile);
  server.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('There is nothing here.\n'));
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 400 && status < 500) return reply.code(status).type('text/plain').send('This request was refused.\n');
    const reference = randomBytes(4).toString('hex');
    log.error(
      { reference, err: error instanceof Error ? { message: error.message, stack: error.stack } : error },
      'a request failed',
    );
    return reply
      .code(500)
      .type('text/plain')
      .send(`Something went wrong; the log has the details under ${reference}.\n`);
  });
  return server;
}

function serveSockets(server: FastifyInstance, { serveRpc, log }: WebServerOptions): void {
  const open = new Map<string, number>();
  server.get('/rpc', { websocket: true }, (socket, request) => {
    const { sessionId } = request;
    const count = (open.get(sessionId) ?? 0) + 1;
    if (count > socketsPerSession) {
      log.warn({ sessionId, count }, 'a browser opened too many pages');
      socket.close(1013, 'too many pages are open in this browser');
      return;
    }
    open.set(sessionId, count);
    socket.on('close', () => {
      const left = (open.get(sessionId) ?? 1) - 1;
      if (left === 0) open.delete(sessionId);
      else open.set(sessionId, left);
    });
    serveRpc(socket, sessionId);
  });
}

async function letIn(request: FastifyRequest, reply: FastifyReply, options: WebServerOptions): Promise<unknown> {
  const { pathname, token } = addressOf(request.url);
  const access = decideAccess(
    {
      method: request.method,
      path: pathname,
      token,
      cookie: request.cookies[options.cookieName()],
      upgrade: request.ws,
      host: request.headers.host,
      origin: request.headers.origin,
      fetchSite: header(request, 'sec-fetch-site'),
      fetchDest: header(request, 'sec-fetch-dest'),
    },
    options.access,
  );
  switch (access.kind) {
    case 'open':
      return undefined;
    case 'enter':
      request.sessionId = access.sessionId;
      return undefined;
    case 'goOn':
      return reply.redirect('/', 303);
    case 'admit': {
      reply.setCookie(options.cookieName(), access.secret, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        maxAge: cookieLifetimeSeconds,
      });
      options.log.info({}, 'a browser was let in');
      return access.crossSite ? sendWords(request, reply, 200, 'welcome') : reply.redirect('/', 303);
    }
    case 'refuse':
      return refuse(request, reply, access, options);
  }
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Extract<Access, { kind: 'refuse' }>,
  { log }: WebServerOptions,
): FastifyReply {
  const { host, origin } = request.headers;
  // Neither the address nor the cookie is logged: both may hold a secret.
  const fields = { why: access.page, host: host?.slice(0, 100), origin: origin?.slice(0, 100), upgrade: request.ws };
  if (access.page === 'noSession') log.debug(fields, 'a request was refused');
  else log.warn(fields, 'a request was refused');
  if (access.retryAfterSeconds !== null) reply.header('retry-after', String(access.retryAfterSeconds));
  return sendWords(request, reply, access.status, access.page);
}

function sendWords(request: FastifyRequest, reply: FastifyReply, status: number, page: PageKind): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', wordsPolicy(styleHash))
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(wordsPage(page, request.headers['accept-language']));
}

function sendApp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('content-security-policy', appPolicy(request.headers.host ?? '')).sendFile('index.html');
}

function addressOf(url: string): { pathname: string; token: string | undefined } {
  const queryAt = url.indexOf('?');
  if (queryAt === -1) return { pathname: url, token: undefined };
  return { pathname: url.slice(0, queryAt), token: new URLSearchParams(url.slice(queryAt)).get('token') ?? undefined };
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
