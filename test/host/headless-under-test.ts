import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { ask } from '../gateway/web-host-under-test.ts';
import type { ContractClient } from '../suites/contract-client.ts';

const entry = path.resolve(import.meta.dirname, '../../electron/headless.ts');
/** Stripping the types of every module anew would be most of the time of these tests. */
const compileCache = path.join(tmpdir(), 'clawdbot-test-compile-cache');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HeadlessProcess {
  readonly child: ChildProcess;
  /** The whole line of standard output that matches; fails when the process ends without one. */
  line(pattern: RegExp): Promise<string>;
  ended(): Promise<Ended>;
}

export interface HeadlessUnderTest extends HeadlessProcess {
  /** With the one-time token. */
  readonly url: string;
  readonly port: number;
}

export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-headless-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The headless host from its source, in a process of its own, which does not outlive the test. */
export function runHeadless(args: readonly string[], environment: NodeJS.ProcessEnv = {}): HeadlessProcess {
  const child = spawn(process.execPath, [entry, ...args], {
    // A process group of its own, so that a test can do what Ctrl-C in a terminal does: signal all of it.
    detached: true,
    // No display and no browser, unless a test is about them.
    env: {
      ...process.env,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      SSH_CONNECTION: 'x',
      NODE_COMPILE_CACHE: compileCache,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  const ended = async (): Promise<Ended> => {
    await closed;
    return { code: child.exitCode, signal: child.signalCode, ...output };
  };
  return {
    child,
    ended,
    async line(pattern) {
      const found = () =>
        output.stdout
          .split('\n')
          .slice(0, -1)
          .find((line) => pattern.test(line));
      for (;;) {
        const line = found();
        if (line !== undefined) return line;
        const news = once(child.stdout, 'data').then(() => 'data');
        if ((await Promise.race([news, closed])) !== 'data' && found() === undefined) {
          throw new Error(`the host ended without saying ${String(pattern)}:\n${output.stdout}\n${output.stderr}`);
        }
      }
    },
  };
}

export async function startHeadless(
  args: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<HeadlessUnderTest> {
  const host = runHeadless(args, environment);
  const url = (await host.line(/^Clawdbot is ready at /)).slice('Clawdbot is ready at '.length);
  return { ...host, url, port: Number(new URL(url).port) };
}

/** Opens the one-time address as a browser would. */
export async function signIn(url: string): Promise<string> {
  const { status, cookie } = await ask(url);
  if (status !== 303 || cookie === undefined) throw new Error(`the link answered ${status}`);
  return cookie;
}

/** The client of a page of this browser. */
export async function openClient(port: number, cookie: string): Promise<ContractClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
  // The host goes away under some of these tests; the calls fail with it.
  socket.on('error', () => {});
  await once(socket, 'open');
  return createORPCClient(new RPCLink({ websocket: Object(socket) }));
}
