import { utilityProcess } from 'electron';

import type { CheckerProcess } from '../ports.ts';

/** The process that checks databases, as Electron runs it. */
export function startCheckerProcess(modulePath: string): CheckerProcess {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: 'Clawdbot Database Check',
    env: {},
    stdio: 'ignore',
  });
  return {
    send: (request) => child.postMessage(request),
    onReport: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', () => listener()),
    kill: () => void child.kill(),
  };
}
