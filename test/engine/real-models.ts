import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import { createLlamaEngine, type LlamaEngineOptions } from '../../electron/engine/llama-engine.ts';
import { inspectAnyGguf } from '../../shared/model/gguf/inspect.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** A folder for the models of one test file. */
export async function openModelFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-models-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** As the library would hand it over. */
export async function checkModel(id: string, file: string): Promise<CheckedModel> {
  await using handle = await open(file);
  const { size: sizeBytes } = await handle.stat();
  const { weightsBytes, kvBytesPerToken, window, trainedContextTokens, name } = await inspectAnyGguf({
    sizeBytes,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    },
  });
  return { id, name: name ?? id, path: file, weightsBytes, kvBytesPerToken, window, trainedContextTokens };
}

/** The real engine on one thread, which other processes cannot disturb, with plenty of memory. */
export function openRealEngine(options: Partial<LlamaEngineOptions> = {}, native?: 'required' | 'off'): Engine {
  return createLlamaEngine({
    spawnEngineHost: () =>
      forkEngineHost({ modulePath: hostModulePath, log: silentLog, ...(native ? { native } : {}) }),
    memory: () => ({ totalBytes: 8e9, availableBytes: 8e9 }),
    clock: { now: () => Date.now() },
    log: silentLog,
    threads: 1,
    restartDelayMs: () => 0,
    // A machine that is busy with other things takes its time to start a process.
    startTimeoutMs: 240_000,
    ...options,
  });
}

/** The engine's process as source: Node strips the types itself. */
export const hostModulePath = path.join(import.meta.dirname, '../../electron/engine/host/main.ts');

export function processIsAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
