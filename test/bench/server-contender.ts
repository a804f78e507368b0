import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { Asked, Contender, ContenderOptions } from './contender.ts';

/** `llama-server`, asked over HTTP with streaming, as its clients do. `binary` is its path. */
export async function openServer(
  binary: string,
  options: ContenderOptions,
  more: readonly string[] = [],
): Promise<Contender> {
  const { model, threads, contextTokens, sequences } = options;
  const port = await freePort();
  const startedMs = performance.now();
  const flags = {
    '--model': model,
    '--threads': threads,
    '--threads-batch': threads,
    '--parallel': sequences,
    '--ctx-size': contextTokens * Math.ceil(sequences / 2),
    '--port': port,
    '--host': '127.0.0.1',
    '--log-verbosity': 0,
  };
  const server = spawn(
    binary,
    [...Object.entries(flags).flatMap(([name, value]) => [name, String(value)]), '--kv-unified', '--no-webui', ...more],
    { stdio: 'ignore' },
  );
  const exit = once(server, 'exit');
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (server.exitCode !== null) throw new Error(`llama-server ended with ${server.exitCode}.`);
    await delay(5);
  }
  return {
    processId: server.pid ?? 0,
    loadMs: performance.now() - startedMs,
    ask: (text, maxTokens) => ask(url, text, maxTokens),
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await exit;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

async function ask(url: string, text: string, maxTokens: number): Promise<Asked> {
  const sentMs = performance.now();
  const response = await fetch(`${url}/completion`, {
    method: 'POST',
    body: JSON.stringify({
      prompt: text,
      n_predict: maxTokens,
      temperature: 0,
      ignore_eos: true,
      cache_prompt: true,
      stream: true,
    }),
  });
  if (!response.ok || !response.body) throw new Error(`llama-server answered ${response.status}.`);
  const arrivalsMs: number[] = [];
  let rest = '';
  let timings: Record<string, unknown> = {};
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      arrivalsMs.push(performance.now());
      if (!line.includes('"timings"')) continue;
      const event: unknown = JSON.parse(line.slice(6));
      const found: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'timings') : undefined;
      if (typeof found === 'object' && found !== null) timings = { ...found };
    }
  }
  const endMs = performance.now();
  const promptTokens = Number(timings['prompt_n']);
  const replyTokens = Number(timings['predicted_n']);
  if (!Number.isFinite(promptTokens + replyTokens)) throw new Error('llama-server told no timings.');
  return { promptTokens, replyTokens, sentMs, firstMs: arrivalsMs[0] ?? endMs, endMs, arrivalsMs };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
