import { fork } from 'node:child_process';

import { followOutput, type OutputLog } from './follow-output.ts';

export interface ForkProcessOptions {
  /** The built module, or its source where Node strips types itself. */
  readonly modulePath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv: readonly string[];
  readonly log: OutputLog & { error(fields: object, message: string): void };
}

export interface ForkedProcess<Request extends object> {
  readonly processId: number | undefined;
  send(request: Request): void;
  onReport(listener: (report: unknown) => void): void;
  /** Called once. */
  onExit(listener: (exit: ForkExit) => void): void;
  kill(): void;
}

export interface ForkExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote in its last seconds, newest last. */
  readonly lastLines: readonly string[];
}

/** A grandchild could keep the channel open for ever. */
const drainTimeoutMs = 1000;

/** A child of plain Node that is spoken to in structured clones. */
export function forkProcess<Request extends object>(options: ForkProcessOptions): ForkedProcess<Request> {
  const { modulePath, env, execArgv, log } = options;
  const child = fork(modulePath, [], {
    env,
    execArgv: [...execArgv],
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
        if (error && !exited) log.debug({ err: error }, 'A child process could not be reached.');
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
        log.error({ err: error }, 'A child process failed.');
        if (child.pid === undefined) end(null, null);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
