import { setFlagsFromString } from 'node:v8';
import { batchText } from './batch-text.ts';
import { openChannel } from './channel.ts';

/** Time for what is being calculated to come to an end. */
const stopTimeoutMs = 2000;

// Memory belongs to models. Left alone, V8 lets three times as much rubbish lie about as there is to keep: 306 MiB of this
// process after 10,000 short answers instead of 138. Set here, for Electron passes no flags on to its utility processes.
for (const flag of ['--max-semi-space-size=1', '--heap-growing-percent=20']) setFlagsFromString(flag);

const channel = openChannel();
// A parent that is gone cannot be told anything; a native call may be running, so nothing gentler is sure to work.
channel.onClosed(() => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C in a terminal reaches every process of the group; the parent ends this one when answers are stored.
process.on('SIGINT', () => undefined);

const gpu = process.env['CLAWDBOT_ENGINE_GPU'] ?? (process.platform === 'darwin' ? 'auto' : 'off');
// For machines that are shared: two threads that have to wait for each other are slower than one.
const wanted = process.env['CLAWDBOT_ENGINE_THREADS'] ?? '';
const threads = /^[1-9][0-9]{0,2}$/.test(wanted) ? Number(wanted) : undefined;

try {
  // The addon is loaded here and nowhere else; what it does when it cannot be loaded stays in this process.
  const [{ openLlama }, { chooseLoader }, { createHost }] = await Promise.all([
    import('./llama.ts'),
    import('./choose-loader.ts'),
    import('./host.ts'),
  ]);
  const runtime = await openLlama(gpu === 'auto' ? 'auto' : 'off', threads);
  const { loadModel, direct } = chooseLoader(runtime);
  const host = createHost(loadModel, batchText(channel.send), () => {
    setTimeout(() => process.exit(0), stopTimeoutMs);
    void host.stop().finally(() => process.exit(0));
  });
  channel.onRequest(host.receive);
  channel.send({ type: 'ready', direct, release: runtime.release });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  channel.send({ type: 'unavailable', reason: error instanceof Error ? error.message : String(error) });
  // The supervisor ends this process when it has heard that.
}
