import { fork } from 'node:child_process';

import type { CheckerProcess, Log } from '../ports.ts';

/** The process that checks databases, as a child of plain Node. */
export function forkChecker(modulePath: string, log: Log): CheckerProcess {
  const child = fork(modulePath, [], {
    // Nothing of the environment is of any use to it.
    env: {},
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('error', (error) => log.warn({ err: error }, 'the check of a database could not be started'));
  return {
    send: (request) => void child.send(request, () => undefined),
    onReport: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.once('exit', () => listener());
      child.once('error', () => listener());
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
