import type { EngineAdapter } from '../../../shared/model/engine-protocol.ts';
import { inspectAdapter, requireAdapterFits } from '../../../shared/model/gguf/adapter.ts';
import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { readGgufHeader } from '../../../shared/model/gguf/header.ts';
import type { GgufSummary } from '../../../shared/model/gguf/inspect.ts';
import { inspectFile } from './gguf-file.ts';

/**
 * Looks at adapters before llama.cpp does, and tells how many bytes they hold.
 * @throws GgufError naming the adapter
 */
export async function checkAdapters(
  adapters: readonly EngineAdapter[],
  modelPath: string,
  { architecture, split }: GgufSummary,
): Promise<number> {
  if (adapters.length === 0) return 0;
  if (split) throw new GgufError('Adapters cannot be laid over a model in several files.');
  const { tensors } = await inspectFile(modelPath, readGgufHeader);
  let sizeBytes = 0;
  for (const { path } of adapters) {
    try {
      const adapter = await inspectFile(path, inspectAdapter);
      requireAdapterFits(adapter, { architecture, tensors });
      sizeBytes += adapter.weightsBytes;
    } catch (error) {
      if (!(error instanceof GgufError)) throw error;
      throw new GgufError(`Its adapter ${path} cannot be used: ${error.reason}`);
    }
  }
  return sizeBytes;
}
