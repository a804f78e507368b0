import { fork } from 'node:child_process';
import { followOutput } from '../lib/follow-output.ts';
import type { EngineHostProcess, Log } from '../ports.ts';

export interface ForkOptions {
  /** The host's module: the built one, or its source where Node strips types itself. */
  readonly modulePath: string;
  readonly log: Log;
  /** `auto` uses a GPU where there is one; the host's own default is a GPU on macOS only. */
  readonly gpu?: 'auto' | 'off';
  /** Whether llama.cpp's functions are called directly; by default where they are those of the known release. */
  readonly native?: 'off' | 'required';
}

/** A grandchild could keep the channel open for ever. */
const drainTimeoutMs = 1000;

/** The engine's process as a child of plain Node. */
export function forkEngineHost({ modulePath, log, gpu, native }: ForkOptions): EngineHostProcess {
  const child = fork(modulePath, [], {
    // libuv's pool runs every llama.cpp call; with more than one thread in it, llama.cpp makes and throws away a pool
    // of its own for each, and small models become 20 times slower.
    env: {
      ...process.env,
      UV_THREADPOOL_SIZE: '1',
      // Weights and KV cache in pages of 2 MiB where glibc does the allocating: a tenth more words a second.
      GLIBC_TUNABLES: process.env['GLIBC_TUNABLES'] ?? 'glibc.malloc.hugetlb=1',
      ...(gpu ? { CLAWDBOT_ENGINE_GPU: gpu } : {}),
      ...(native ? { CLAWDBOT_ENGINE_NATIVE: native } : {}),
    },
    // As in the host itself, where the size of the young generation can no longer be changed for good.
    execArgv: ['--max-semi-space-size=1', '--heap-growing-percent=20'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

  const lastLines = followOutput([child.stdout, child.stderr], log);
  let exited = false;
  return {
    processId: child.pid,
    send(request) {
      // The callback takes the failure; without one it would be an `error` event of a process that is ending anyway.
      child.send(request, (error) => {
        if (error && !exited) log.debug({ err: error, type: request.type }, 'The engine could not be reached.');
      });
    },
    onReport: (listener) => void child.on('message', listener),
    onExit(listener) {
      const end = (code: number | null, signal: string | null): void => {
        if (exited) return;
        exited = true;
        listener({ code, signal, lastLines: lastLines() });
      };
      child.on('exit', (code, signal) => {
        // What it said last may still be in the pipes; they close after they were read.
        child.once('close', () => end(code, signal));
        setTimeout(() => end(code, signal), drainTimeoutMs).unref();
      });
      // Could not be started at all: there will be no `exit`.
      child.on('error', (error) => {
        log.error({ err: error }, 'The engine process failed.');
        if (child.pid === undefined) end(null, null);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
