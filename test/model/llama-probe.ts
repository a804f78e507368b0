import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const childFile = fileURLToPath(new URL('./llama-probe-child.ts', import.meta.url));
const patienceMs = 60_000;

/** `aborted`: llama.cpp took its whole process along. `hung`: it was still at it after a minute. */
export type ProbeResult =
  | { kind: 'loaded' }
  | { kind: 'refused'; reason: string }
  | { kind: 'aborted'; reason: string }
  | { kind: 'hung' };

/** Tries files on the real llama.cpp, in a child process that is replaced whenever a file ends it. */
export class LlamaProbe implements AsyncDisposable {
  #child: ChildProcess | null = null;

  async try(modelPath: string): Promise<ProbeResult> {
    const child = (this.#child ??= await startChild());
    const done = new AbortController();
    const answered = once(child, 'message', { signal: done.signal }).then(([message]): ProbeResult => {
      const text = String(message);
      return text === 'loaded' ? { kind: 'loaded' } : { kind: 'refused', reason: text.replace('refused: ', '') };
    });
    const ended = once(child, 'exit', { signal: done.signal }).then(([code, signal]): ProbeResult => ({
      kind: 'aborted',
      reason: String(signal ?? `exit status ${code}`),
    }));
    const hung = new Promise<ProbeResult>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'hung' }), patienceMs);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    child.send(modelPath);
    const result = await Promise.race([answered, ended, hung]);
    // The losers of the race end by being told to; that is no error.
    void Promise.allSettled([answered, ended]);
    done.abort();
    if (result.kind === 'aborted') this.#child = null;
    if (result.kind === 'hung') await this.#end();
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

async function startChild(): Promise<ChildProcess> {
  const child = fork(childFile, [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1', NODE_OPTIONS: '' },
  });
  await once(child, 'message');
  return child;
}
