import { constants } from 'node:os';

import { followOutput } from '../lib/follow-output.ts';
import type { HostProcess, Log } from '../ports.ts';

/** What is used of Electron's `UtilityProcess`. */
export interface ChildPort {
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** What native code reads from its environment; everything else a person's shell holds is none of its business. */
const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|LD_LIBRARY_PATH|(?:CLAWDBOT_ENGINE|GGML|LLAMA|CUDA|VK|MTL|METAL|OMP)_\w+)$/;

/**
 * The environment of the engine's process: no keys or tokens of other programs beside a parser of foreign files.
 * One thread for libuv, because llama.cpp brings its own and the short-lived pools make small models many times slower.
 */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && passedOn.test(name)) kept[name] = value;
  }
  return { ...kept, UV_THREADPOOL_SIZE: '1' };
}

/**
 * What a utility process's exit code says. On POSIX Electron passes on the status of waitpid: a process ended by a
 * signal has its number in the low seven bits and 128 added when it left a core dump.
 */
export function readExit(code: number, platform: NodeJS.Platform): { code: number | null; signal: string | null } {
  if (platform === 'win32') return { code, signal: null };
  const fatal = new Set(['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGTERM']);
  const found = Object.entries(constants.signals).find(([name, value]) => fatal.has(name) && value === (code & 127));
  return found && code < 256 ? { code: null, signal: found[0] } : { code, signal: null };
}

/** What the process that reads documents gets of the environment. */
export function extractionEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && /^(?:PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|SYSTEMROOT)$/.test(name) ? [[name, value]] : [],
  );
  return Object.fromEntries(kept);
}

/** Wraps a child so that the supervisor need not know which host it lives in. */
export function wrapChildProcess<Request>(
  child: ChildPort,
  platform: NodeJS.Platform,
  log: Log,
  killProcess: (processId: number) => boolean = tryKill,
): HostProcess<Request> {
  const lastLines = followOutput([child.stdout, child.stderr], log);
  return {
    get processId() {
      return child.pid;
    },
    send: (request) => child.postMessage(request),
    onReport: (listener) => void child.on('message', listener),
    onExit: (listener) =>
      void child.once('exit', (code) => listener({ ...readExit(code, platform), lastLines: lastLines() })),
    kill() {
      // Electron asks with SIGTERM, which a process that is stopped or stuck does not hear.
      if (platform === 'win32' || child.pid === undefined || !killProcess(child.pid)) child.kill();
    },
  };
}

/** False when there is no such process any more. */
function tryKill(processId: number): boolean {
  try {
    return process.kill(processId, 'SIGKILL');
  } catch {
    return false;
  }
}
