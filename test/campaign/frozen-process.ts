import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that can be stopped between any two instructions, which leaves its files as a kill would. */
export interface FrozenProcess {
  /** Lets it begin; resolves when it works. */
  begin(): Promise<void>;
  /** Runs something while the process stands still. */
  whileFrozen<T>(work: () => T): Promise<T>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export function startProcess(script: string, args: readonly string[], cacheFolder: string): FrozenProcess {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder },
  });
  const exited = once(child, 'exit');

  return {
    async begin() {
      const working = once(child.stdout, 'data');
      child.stdin.write('begin\n');
      await Promise.race([working, exited.then(endedEarly)]);
    },
    async whileFrozen(work) {
      child.kill('SIGSTOP');
      try {
        while (!isStopped(child)) await delay(1);
        return work();
      } finally {
        child.kill('SIGCONT');
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function endedEarly(): never {
  throw new Error('The working process ended by itself.');
}

function isStopped({ pid, exitCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null) return endedEarly();
  if (process.platform === 'linux') {
    // After the name in brackets, which may contain anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.startsWith(' T') ?? false;
  }
  return spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .startsWith('T');
}
