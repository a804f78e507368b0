import type { LlamaRuntime } from './llama.ts';
import { LoadError } from './load-error.ts';

/** Does a part of a load with node-llama-cpp's classes. @throws LoadError with what llama.cpp said, or the signal's reason */
export async function attemptLoad<T>(
  otherwise: Pick<LoadError, 'code' | 'neededBytes'>,
  runtime: LlamaRuntime,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    signal.throwIfAborted();
    const said = runtime.takeComplaints().find((line) => line.includes('error')) ?? String(error);
    const lacksMemory = error instanceof Error && error.name === 'InsufficientMemoryError';
    const code = lacksMemory ? 'OUT_OF_MEMORY' : otherwise.code;
    throw new LoadError(code, `llama.cpp refused it (${said.slice(0, 300)}).`, otherwise.neededBytes);
  }
}
