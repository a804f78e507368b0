import { forkProcess } from '../lib/fork-process.ts';
import type { EngineHostProcess, Log } from '../ports.ts';

export interface ForkOptions {
  /** The host's module: the built one, or its source where Node strips types itself. */
  readonly modulePath: string;
  readonly log: Log;
  /** `auto` uses a GPU where there is one; the host's own default is a GPU on macOS only. */
  readonly gpu?: 'auto' | 'off';
  /** Whether llama.cpp's functions are called directly; by default where they are those of the known release. */
  readonly native?: 'off' | 'required';
}

/** The engine's process as a child of plain Node. */
export function forkEngineHost({ modulePath, log, gpu, native }: ForkOptions): EngineHostProcess {
  return forkProcess({
    modulePath,
    log,
    // libuv's pool runs every llama.cpp call; with more than one thread in it, llama.cpp makes and throws away a pool
    // of its own for each, and small models become 20 times slower.
    env: {
      ...process.env,
      UV_THREADPOOL_SIZE: '1',
      // Weights and KV cache in pages of 2 MiB where glibc does the allocating: a tenth more words a second.
      GLIBC_TUNABLES: process.env['GLIBC_TUNABLES'] ?? 'glibc.malloc.hugetlb=1',
      ...(gpu ? { CLAWDBOT_ENGINE_GPU: gpu } : {}),
      ...(native ? { CLAWDBOT_ENGINE_NATIVE: native } : {}),
    },
    // As in the host itself, where the size of the young generation can no longer be changed for good.
    execArgv: ['--max-semi-space-size=1', '--heap-growing-percent=20'],
  });
}
