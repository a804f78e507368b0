import type { ModelInfo, ModelState } from '../../shared/contract/index.ts';
import { leastMemoryBytes } from '../../shared/model/memory-need.ts';
import type { CheckedModel, Quarantine, ResidentState } from '../engine/engine.ts';
import type { FoundModel } from './found-model.ts';

/** Differences of free memory below this are noise, and no reason to announce a new list. */
const freeStepBytes = 16 * 1024 * 1024;

/**
 * What a model is doing, or why it could not. `checked` knows what it takes with its options; `failure` is what came of the last attempt to load it, as far as that still
 * holds; `freeBytes` counts what idle models would give back.
 */
export function modelState(
  found: FoundModel,
  checked: CheckedModel | null,
  resident: ResidentState | undefined,
  quarantine: Quarantine | undefined,
  failure: ModelState | undefined,
  freeBytes: number,
): ModelState {
  const { inspection } = found;
  if (inspection.kind === 'unusable') return { kind: 'unusable', reason: inspection.reason };
  if (resident?.kind === 'loaded') return { kind: 'loaded' };
  // Announced in whole percents: a listener has no use for more.
  if (resident) return { kind: 'loading', fraction: Math.round(resident.fraction * 100) / 100 };
  if (quarantine) return { kind: 'quarantined', crashes: quarantine.crashes, reason: quarantine.reason };
  if (failure) return failure;
  const neededBytes = leastMemoryBytes(checked ?? inspection);
  if (neededBytes <= freeBytes) return { kind: 'onDisk' };
  return { kind: 'doesNotFit', neededBytes, freeBytes: Math.floor(freeBytes / freeStepBytes) * freeStepBytes };
}

/** Null for a file that did not pass the checks. */
export function tryCheckedModel(found: FoundModel, name: string): CheckedModel | null {
  const { id, path, stamp, inspection } = found;
  if (inspection.kind === 'unusable') return null;
  const { weightsBytes, kvBytesPerToken, window, trainedContextTokens } = inspection;
  return { id, stamp, name, path, weightsBytes, kvBytesPerToken, window, trainedContextTokens };
}

export function modelInfo(found: FoundModel, name: string, state: ModelState, firstWordMs: number | null): ModelInfo {
  const { id, path, sizeBytes, source, inspection } = found;
  const known = inspection.kind === 'usable' ? inspection : inspection.comparing;
  const adapter = inspection.kind === 'unusable' ? inspection.adapter : undefined;
  return {
    id,
    name,
    path,
    sizeBytes,
    architecture: known?.architecture ?? adapter?.architecture ?? null,
    parameters: known?.parameters ?? null,
    quantisation: known?.quantisation ?? null,
    trainedContextTokens: known?.trainedContextTokens ?? null,
    placeholder: inspection.kind === 'usable' && inspection.placeholder,
    ...(inspection.kind === 'usable' && inspection.starter ? { starter: true } : {}),
    source,
    state,
    expectedFirstWordMs: firstWordMs,
    ...(adapter ? { isAdapter: true } : {}),
    ...(inspection.kind === 'unusable' && inspection.comparing ? { purpose: inspection.comparing.purpose } : {}),
  };
}
