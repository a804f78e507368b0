import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');

export interface HostUnderTest extends AsyncDisposable {
  readonly processId: number;
  readonly dataDirectory: string;
  readonly port: number;
  /** With the one-time token. */
  readonly url: string;
  /** Milliseconds from the start of the process to the line that says it is ready. */
  readonly startMs: number;
  /** Everything it wrote so far, both streams. */
  readonly output: () => string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts a new process on the same data directory and port; this one must be dead. */
  restart(): Promise<HostUnderTest>;
}

interface HostOptions {
  readonly dataDirectory?: string;
  readonly port?: number;
  readonly models?: readonly string[];
  /** Another program than the built host, given the data directory and one model. */
  readonly program?: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly readyWithinMs?: number;
}

/** The built headless host in a process of its own, on a fresh data directory unless one is given. */
export async function startHost(options: HostOptions = {}): Promise<HostUnderTest> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(path.join(tmpdir(), 'clawdbot-host-')));
  const startedAt = performance.now();
  const builtHost = [
    path.join(repository, 'dist/headless/headless.js'),
    '--no-open',
    '--port',
    String(options.port ?? 0),
    '--data-dir',
    dataDirectory,
    ...(options.models ?? []).flatMap((file) => ['--model', file]),
    ...(options.flags ?? []),
  ];
  const command =
    options.program === undefined ? builtHost : [options.program, dataDirectory, ...(options.models ?? [])];
  const child = spawn(process.execPath, command, {
    // One thread: decoding with more collapses while the browser of the same spec uses the cores.
    env: { ...process.env, CLAWDBOT_ENGINE_THREADS: '1', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await readyUrl(child, (text) => (output += text), options.readyWithinMs ?? 60_000);
  const startMs = performance.now() - startedAt;
  const port = Number(new URL(url).port);

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    processId: child.pid ?? -1,
    dataDirectory,
    port,
    url,
    startMs,
    output: () => output,
    kill: () => end('SIGKILL'),
    restart: () => startHost({ ...options, dataDirectory, port }),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function readyUrl(child: ChildProcess, collect: (text: string) => void, withinMs: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let seen = '';
  const read = (chunk: Buffer) => {
    const text = chunk.toString();
    collect(text);
    seen += text;
    const url = /Clawdbot is ready at (http:\S+)/.exec(seen)?.[1];
    if (url !== undefined) resolve(url);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  child.once('exit', (code, signal) =>
    reject(new Error(`the host ended (${code ?? signal}) before it was ready:\n${seen}`)),
  );
  const timer = setTimeout(() => reject(new Error(`the host was not ready in time:\n${seen}`)), withinMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Process ids of the direct children, found the same way on Linux and macOS. */
export function childrenOf(processId: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(processId)], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  } catch {
    return [];
  }
}
