import { openNative, type NativeLlama } from './open-native.ts';
import { createStepLoop, type StepLoop } from './step-loop.ts';

/** What the models of this process share while llama.cpp's functions are called directly. */
export interface NativeEngine {
  readonly native: NativeLlama;
  readonly loop: StepLoop;
  /** The one thread for slow calls is reading a model. */
  readonly isLoading: boolean;
  whileLoading<T>(load: () => Promise<T>): Promise<T>;
}

/** @throws Error with the reason when it cannot be used here */
function createNativeEngine(): NativeEngine {
  const native = openNative();
  const loop = createStepLoop(native.pools.pause);
  let loads = 0;
  return {
    native,
    loop,
    get isLoading() {
      return loads > 0;
    },
    async whileLoading(load) {
      loads += 1;
      try {
        return await load();
      } finally {
        loads -= 1;
      }
    },
  };
}

/**
 * Undefined, after saying why, where the ordinary way through node-llama-cpp has to do.
 * @throws Error with the reason when `CLAWDBOT_ENGINE_NATIVE` is `required`
 */
export function tryNativeEngine(): NativeEngine | undefined {
  const wanted = process.env['CLAWDBOT_ENGINE_NATIVE'];
  if (wanted === 'off') return undefined;
  try {
    return createNativeEngine();
  } catch (error) {
    if (wanted === 'required') throw error;
    process.stderr.write(`llama.cpp is not called directly: ${String(error)}\n`);
    return undefined;
  }
}
