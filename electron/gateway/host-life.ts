import { constants } from 'node:os';

import type { Log } from '../ports.ts';

/** Why a host ends. `fault`: something failed where nobody caught it, so its state can no longer be trusted. */
export type HostEnd = { kind: 'signal'; signal: NodeJS.Signals } | { kind: 'fault'; error: unknown };

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C may arrive twice, from the terminal and from the program that started this one. */
const sameKeystrokeMs = 1_000;
/** Waits for the reason to end; from then on a second signal ends the process at once. */
export function waitForEnd(): Promise<HostEnd> {
  const ended = Promise.withResolvers<HostEnd>();
  let firstAtMs: number | undefined;
  for (const signal of signals) {
    process.on(signal, () => {
      if (firstAtMs !== undefined && performance.now() - firstAtMs > sameKeystrokeMs) process.exit(codeOf(signal));
      firstAtMs ??= performance.now();
      ended.resolve({ kind: 'signal', signal });
    });
  }
  process.on('uncaughtException', (error) => ended.resolve({ kind: 'fault', error }));
  process.on('unhandledRejection', (error) => ended.resolve({ kind: 'fault', error }));
  // Whoever read our words may go away (`| head`); the host stays.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return ended.promise;
}

export interface EndOptions {
  readonly log: Log;
  readonly logPath: string;
  /** What does not end in this time is left to the system. Default: 8 seconds. */
  readonly patienceMs?: number;
}

/** Puts everything in order and ends the process: 0 after a signal, 1 after a fault or when not all could be ended. */
export async function endHost(end: HostEnd, host: AsyncDisposable, options: EndOptions): Promise<never> {
  const { log, logPath, patienceMs = 8_000 } = options;
  // Whatever else goes wrong from here on is worth a line, but changes nothing.
  process.on('uncaughtException', (error) => log.error({ err: error }, 'an error while ending'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'an error while ending'));
  let code = 0;
  if (end.kind === 'signal') log.info({ signal: end.signal }, 'ending');
  else {
    code = 1;
    log.error({ err: end.error }, 'an unexpected error ended the host');
    const words = end.error instanceof Error ? end.error.message : String(end.error);
    console.error(
      `Clawdbot ended because of an unexpected error: ${words}\nNothing that was shown is lost. The log: ${logPath}`,
    );
  }
  const overdue = setTimeout(() => {
    log.error({ patienceMs }, 'not everything could be ended in time');
    process.exit(1);
  }, patienceMs);
  try {
    await host[Symbol.asyncDispose]();
  } catch (error) {
    code = 1;
    log.error({ err: error }, 'not everything could be ended');
  }
  clearTimeout(overdue);
  log.info({ code }, 'ended');
  process.exit(code);
}

function codeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
