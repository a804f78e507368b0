import type { EngineTuning } from '../../../shared/model/engine-protocol.ts';
import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { inspectGguf, type GgufSummary } from '../../../shared/model/gguf/inspect.ts';
import { findVocabularyMismatch } from '../../../shared/model/gguf/vocabulary-print.ts';
import { inspectFile } from './gguf-file.ts';
import { UnsupportedError } from './unsupported-error.ts';

/**
 * Looks at the model that is to guess ahead, before llama.cpp does; undefined when none is wanted.
 * @throws GgufError naming it, UnsupportedError when its words are others
 */
export async function checkDrafter(
  { speculation, draftPath }: EngineTuning,
  model: GgufSummary,
): Promise<{ readonly path: string; readonly summary: GgufSummary } | undefined> {
  if (speculation !== 'draft') return undefined;
  if (draftPath === undefined) throw new UnsupportedError('draftModelId', 'No model was named that guesses ahead.');
  const summary = await inspectDrafter(draftPath);
  const mismatch = findVocabularyMismatch(model.vocabulary, summary.vocabulary);
  if (mismatch !== undefined) throw new UnsupportedError('draftModelId', mismatch);
  return { path: draftPath, summary };
}

async function inspectDrafter(path: string): Promise<GgufSummary> {
  try {
    return await inspectFile(path, inspectGguf);
  } catch (error) {
    if (!(error instanceof GgufError)) throw error;
    throw new GgufError(`The model ${path}, which is to guess ahead for it, cannot be used: ${error.reason}`);
  }
}
