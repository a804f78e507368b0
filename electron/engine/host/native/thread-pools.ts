import koffi from 'koffi';
import type { Pointer } from './llama-structs.ts';
import type { LoadedLibraries } from './loaded-libraries.ts';

/** Threads that stay between two calculations; llama.cpp makes and ends its own for each one when it has none. */
export interface ThreadPools {
  /** Null where llama.cpp has to make its own. Only one calculation may use a pool at a time. */
  of(threads: number): Pointer;
  /** Nothing is being calculated: no thread may wait actively. The next calculation wakes them. */
  pause(): void;
}

/** More than `sizeof(struct ggml_threadpool_params)`, whose first part is a flag for each of 512 processors. */
const paramsBytes = 1024;

export function createThreadPools({ ggmlBase, ggmlCpu }: LoadedLibraries): ThreadPools {
  const pools = new Map<number, Pointer>();
  if (ggmlCpu === undefined) return { of: () => null, pause: () => undefined };
  const fill: (params: Uint8Array, threads: number) => void = koffi
    .load(ggmlBase)
    .func('void ggml_threadpool_params_init(void *, int)');
  const cpu = koffi.load(ggmlCpu);
  const create: (params: Uint8Array) => Pointer = cpu.func('void *ggml_threadpool_new(void *)');
  const pause: (pool: Pointer) => void = cpu.func('void ggml_threadpool_pause(void *)');

  return {
    of(threads) {
      const known = pools.get(threads);
      if (known !== undefined) return known;
      const params = Buffer.alloc(paramsBytes);
      fill(params, threads);
      const pool = create(params);
      pools.set(threads, pool);
      return pool;
    },
    pause() {
      for (const pool of pools.values()) pause(pool);
    },
  };
}
