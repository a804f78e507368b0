import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Asked, Contender, ContenderOptions } from './contender.ts';
import type { PlainQuestion, PlainReport } from './plain-host.ts';

/** node-llama-cpp's own session loop in a process of its own. */
export async function openPlain(options: ContenderOptions): Promise<Contender> {
  const startedMs = performance.now();
  const child = fork(path.join(import.meta.dirname, 'plain-host.ts'), [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = Promise.withResolvers<void>();
  const open = new Map<number, (report: PlainReport) => void>();
  child.on('exit', (code) => ready.reject(new Error(`The plain loop ended with ${code}.`)));
  child.on('message', (report: PlainReport) => {
    if (report.type === 'ready') ready.resolve();
    else open.get(report.id)?.(report);
  });
  await ready.promise;
  let nextId = 1;

  return {
    processId: child.pid ?? 0,
    loadMs: performance.now() - startedMs,
    ask(text, maxTokens) {
      const question: PlainQuestion = { id: nextId++, text, maxTokens };
      const sentMs = performance.now();
      const arrivalsMs: number[] = [];
      return new Promise<Asked>((resolve) => {
        open.set(question.id, (report) => {
          if (report.type === 'text') {
            arrivalsMs.push(...Array.from({ length: report.tokens }, () => performance.now()));
          }
          if (report.type !== 'end') return;
          open.delete(question.id);
          const { promptTokens, replyTokens } = report;
          const endMs = performance.now();
          resolve({ promptTokens, replyTokens, sentMs, firstMs: arrivalsMs[0] ?? endMs, endMs, arrivalsMs });
        });
        child.send(question);
      });
    },
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
