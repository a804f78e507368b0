import { modelOptionsSchema } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { defaultTuning } from '../../shared/model/engine-protocol.ts';
import { findVocabularyMismatch } from '../../shared/model/gguf/vocabulary-print.ts';
import { withKvShare, type DraftSize } from '../../shared/model/memory-need.ts';
import {
  defaultModelOptions,
  findOptionConflict,
  kvShare,
  type ModelOptions,
} from '../../shared/model/model-options.ts';
import type { CheckedModel } from '../engine/engine.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { FoundModel } from './found-model.ts';

/** Models as the person wants them. */
export interface TunedModels {
  optionsOf(modelId: string): ModelOptions;
  /** @throws MODEL_UNSUPPORTED naming the option that does not fit to the model */
  store(checked: CheckedModel, found: FoundModel, options: ModelOptions): void;
  /** Ids of those that can guess ahead for it, the smallest first. */
  draftersFor(model: FoundModel): string[];
  /** With its options; an adapter or a guessing model that is no longer there is left out when it is `forList`, otherwise named. */
  tune(checked: CheckedModel, found: FoundModel, forList: boolean): CheckedModel;
}

export function createTunedModels(settings: SettingsStore, models: () => readonly FoundModel[]): TunedModels {
  const optionsOf = (modelId: string): ModelOptions =>
    modelOptionsSchema.parse({ ...defaultModelOptions, ...settings.read().modelOptions[modelId] });

  /** @throws MODEL_UNSUPPORTED */
  const adapterOf = (modelId: string, model: FoundModel, name: string): { path: string; weightsBytes: number } => {
    const found = models().find((each) => each.id === modelId);
    const adapter = found?.inspection.kind === 'unusable' ? found.inspection.adapter : undefined;
    if (!found || !adapter) throw unsupported(name, 'adapters', `The adapter "${modelId}" is not there.`);
    const architecture = model.inspection.kind === 'usable' ? model.inspection.architecture : '';
    if (adapter.architecture !== architecture) {
      const reason = `The adapter "${modelId}" was made for models of the kind ${adapter.architecture}, not ${architecture}.`;
      throw unsupported(name, 'adapters', reason);
    }
    return { path: found.path, weightsBytes: adapter.weightsBytes };
  };

  /** @throws MODEL_UNSUPPORTED */
  const drafterOf = (modelId: string, model: FoundModel, name: string): { path: string; size: DraftSize } => {
    const found = models().find((each) => each.id === modelId);
    const problem = found ? whyNoDrafter(model, found) : 'It is not there.';
    if (found?.inspection.kind === 'usable' && problem === undefined) {
      const { weightsBytes, kvBytesPerToken, vocabulary } = found.inspection;
      return { path: found.path, size: { weightsBytes, kvBytesPerToken, vocabularyTokens: vocabulary.words } };
    }
    throw unsupported(name, 'draftModelId', `"${modelId}" cannot guess ahead for it: ${problem}`);
  };

  return {
    optionsOf,
    draftersFor: (model) =>
      models()
        .flatMap((other) => (other.inspection.kind === 'usable' ? [{ ...other.inspection, other }] : []))
        .filter(({ other }) => whyNoDrafter(model, other) === undefined)
        .toSorted((a, b) => a.weightsBytes - b.weightsBytes)
        .map(({ other }) => other.id),
    store(checked, found, options) {
      const conflict = findOptionConflict(options, checked);
      if (conflict) throw unsupported(checked.name, conflict.option, conflict.reason);
      for (const { modelId } of options.adapters) adapterOf(modelId, found, checked.name);
      if (options.draftModelId !== null) drafterOf(options.draftModelId, found, checked.name);
      const stored = Object.entries(settings.read().modelOptions);
      const others = Object.fromEntries(stored.filter(([modelId]) => modelId !== checked.id));
      const isDefault = JSON.stringify(options) === JSON.stringify(defaultModelOptions);
      settings.update({ modelOptions: isDefault ? others : { ...others, [checked.id]: options } });
    },
    tune(checked, found, forList) {
      const { contextTokens, adapters: wanted, draftModelId, ...tuning } = optionsOf(checked.id);
      const adapters = wanted.flatMap(({ modelId, scale }) => {
        try {
          return [{ ...adapterOf(modelId, found, checked.name), scale }];
        } catch (error) {
          if (forList) return [];
          throw error;
        }
      });
      const tryDrafter = (modelId: string | null): ReturnType<typeof drafterOf> | undefined => {
        try {
          return drafterOf(modelId ?? '', found, checked.name);
        } catch (error) {
          if (forList) return undefined;
          throw error;
        }
      };
      const draft = tuning.speculation === 'draft' ? tryDrafter(draftModelId) : undefined;
      return {
        ...checked,
        weightsBytes: adapters.reduce((sum, { weightsBytes }) => sum + weightsBytes, checked.weightsBytes),
        ...withKvShare(checked, kvShare(tuning.kvType)),
        ...(contextTokens === 'auto' ? {} : { contextTokens }),
        ...(draft ? { draft: draft.size } : {}),
        tuning: {
          ...defaultTuning,
          ...tuning,
          ...(draft ? { draftPath: draft.path } : {}),
          adapters: adapters.map(({ path, scale }) => ({ path, scale })),
        },
      };
    },
  };
}

/** An English sentence; undefined when it can. */
function whyNoDrafter(model: FoundModel, other: FoundModel): string | undefined {
  if (model.inspection.kind !== 'usable') return 'The model cannot be used itself.';
  if (other.inspection.kind !== 'usable') return other.inspection.reason;
  // One as large takes as long for a guess as the model for the word.
  if (other.inspection.weightsBytes >= model.inspection.weightsBytes) return 'It is not smaller than the model itself.';
  return findVocabularyMismatch(model.inspection.vocabulary, other.inspection.vocabulary);
}

function unsupported(modelName: string, what: string, reason: string): ClawdbotError<'MODEL_UNSUPPORTED'> {
  const message = `${modelName} cannot be used with "${what}": ${reason} Change its options.`;
  return new ClawdbotError('MODEL_UNSUPPORTED', message, { modelName, what, reason });
}
