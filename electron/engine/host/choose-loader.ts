import type { LlamaRuntime } from './llama.ts';
import { loadNativeModel } from './native/native-model.ts';
import { tryNativeEngine } from './native/native-engine.ts';
import { loadOrdinaryModel } from './ordinary-model.ts';
import type { LoadModel } from './resident-model.ts';

/**
 * Models are calculated by llama.cpp's own functions where they can be called safely, otherwise by node-llama-cpp's
 * classes: with any other release, for kinds of models that the direct way does not know, and when it is switched off
 * (`CLAWDBOT_ENGINE_NATIVE=off`).
 */
export function chooseLoader(runtime: LlamaRuntime): { loadModel: LoadModel; direct: boolean } {
  const engine = tryNativeEngine();
  const loadModel: LoadModel = async (file, options, signal, onProgress) => {
    const loaded = engine && (await loadNativeModel(engine, runtime, file, options, signal, onProgress));
    return loaded ?? loadOrdinaryModel(runtime, file, options, signal, onProgress);
  };
  return { loadModel, direct: engine !== undefined };
}
