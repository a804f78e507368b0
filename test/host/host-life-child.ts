import { endHost, waitForEnd } from '../../electron/gateway/host-life.ts';
import type { Log } from '../../electron/ports.ts';

/** A host whose end is chosen by its first argument; the second is its patience. */
const [, , kind, patienceMs] = process.argv;

const write = (level: string) => (_fields: object, message: string) => console.log(`log ${level}: ${message}`);
const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };

const host: AsyncDisposable = {
  async [Symbol.asyncDispose]() {
    if (kind === 'hangs') await new Promise((resolve) => setTimeout(resolve, 1e9));
    if (kind === 'fails') throw new Error('could not be put in order');
    console.log('in order');
  },
};

const ended = waitForEnd();
if (kind === 'rejects') void Promise.reject(new Error('nobody caught this'));
if (kind === 'throws') {
  setImmediate(() => {
    throw new Error('nobody caught this');
  });
}
const alive = setInterval(() => {}, 1e9);
console.log('started');
const end = await ended;
clearInterval(alive);
await endHost(end, host, { log, logPath: '/data/logs/clawdbot.log', patienceMs: Number(patienceMs) });
