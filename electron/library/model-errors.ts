import type { ModelInfo } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

export function noModel(folder: string, unusable: readonly ModelInfo[]): ClawdbotError<'NO_MODEL'> {
  const [first] = unusable;
  const why =
    first?.state.kind === 'unusable'
      ? `None of the model files can be used (${first.name}: ${first.state.reason})`
      : 'There is no model yet.';
  return new ClawdbotError(
    'NO_MODEL',
    `${why} Put a model in the GGUF format into ${folder}, or start Clawdbot with --model FILE.`,
    { searchedFolder: folder },
  );
}

export function modelNotFound(modelId: string, folder: string): ClawdbotError<'MODEL_NOT_FOUND'> {
  return new ClawdbotError(
    'MODEL_NOT_FOUND',
    `The model "${modelId}" is not here any more. Choose another one, or put its file back into ${folder}.`,
    { modelId },
  );
}

export function unreadable(model: ModelInfo, reason: string): ClawdbotError<'MODEL_UNREADABLE'> {
  return new ClawdbotError(
    'MODEL_UNREADABLE',
    `${model.name} cannot be used: ${reason} Get the file again, or choose another model.`,
    { path: model.path, reason },
  );
}

/** The same words as the engine's, for a model that is not even asked to load. */
export function quarantined(
  { name: modelName }: ModelInfo,
  { crashes, reason }: { crashes: number; reason: string },
): ClawdbotError<'MODEL_QUARANTINED'> {
  return new ClawdbotError(
    'MODEL_QUARANTINED',
    `${modelName} crashed the engine ${crashes} times (${reason}) and is set aside. ` +
      'Use another model, delete its file, or choose it again to try once more.',
    { modelName, crashes, reason },
  );
}

/** `nearest` is the largest model that does fit. */
export function doesNotFit(
  model: ModelInfo,
  neededBytes: number,
  freeBytes: number,
  nearest: string | null,
): ClawdbotError<'OUT_OF_MEMORY'> {
  const next =
    nearest === null
      ? 'Close other apps, or get a smaller model.'
      : `Close other apps, or use ${nearest}, the largest one here that fits.`;
  return new ClawdbotError(
    'OUT_OF_MEMORY',
    `${model.name} needs about ${inWords(neededBytes)} of memory and ${inWords(freeBytes)} can be used. ${next}`,
    { modelName: model.name, neededBytes, freeBytes },
  );
}

function inWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
