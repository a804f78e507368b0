import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');

export interface ChildScript {
  readonly process: ChildProcess;
  /** Everything printed so far, by line. */
  readonly lines: readonly string[];
  /** Resolves with the first line that fits, also one printed earlier; rejects when the script ends without it. */
  line(fits: (line: string) => boolean): Promise<string>;
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs TypeScript in a process of its own, with the repository as its folder. It ends with the test. */
export function startScript(source: string): ChildScript {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  let ended = false;
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  reader.on('close', () => {
    ended = true;
    wake();
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);

  return {
    process: child,
    lines,
    kill,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(fits);
          if (found === undefined && !ended) return;
          waiting.delete(look);
          if (found === undefined) {
            reject(new Error(`The script ended without the line. It printed:\n${lines.join('\n')}`));
          } else resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
