import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { ModelInfo } from '../../shared/contract/index.ts';
import {
  flashAttentions,
  kvTypes,
  mappings,
  modelOptionRanges,
  type ModelOptions,
} from '../../shared/model/model-options.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { AdapterOption } from './AdapterOption.tsx';
import { NumberField } from './NumberField.tsx';
import { SettingRow } from '../ui/SettingRow.tsx';
import { SpeculationOption } from './SpeculationOption.tsx';
import type { ModelsStore } from './models-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface ModelOptionsFormProps {
  readonly store: ModelsStore;
  readonly model: ModelInfo;
  /** Of its architecture. */
  readonly adapters: readonly ModelInfo[];
  readonly models: readonly ModelInfo[];
}

/** What a person may set for one model. Every change is stored at once; a model in memory is loaded anew. */
export function ModelOptionsForm({ store, model, adapters, models }: ModelOptionsFormProps): ReactNode {
  const { t } = useTranslation('models');
  const attempt = useAttempt();
  const readOptions = useStore(store, (state) => state.options);
  const setOptions = useStore(store, (state) => state.setOptions);
  const readDrafters = useStore(store, (state) => state.drafters);
  const [options, setShown] = useState<ModelOptions | null>(null);
  const [drafterIds, setDrafterIds] = useState<readonly string[]>([]);

  useEffect(() => {
    let left = false;
    attempt(async () => {
      const [read, ids] = await Promise.all([readOptions(model.id), readDrafters(model.id)]);
      if (left) return;
      setShown(read);
      setDrafterIds(ids);
    });
    return () => {
      left = true;
    };
  }, [attempt, readOptions, readDrafters, model.id, models.length]);

  if (!options) return <p className="text-muted">{t('connecting')}</p>;
  const change = (part: Partial<ModelOptions>): void =>
    attempt(async () => setShown(await setOptions(model.id, { ...options, ...part })));
  const words = { auto: t('optionAuto'), on: t('optionOn'), off: t('optionOff') } as const;
  const drafters = drafterIds.flatMap((id) => models.find((other) => other.id === id) ?? []);
  const [fewest, most] = modelOptionRanges.contextTokens;

  return (
    <div className="flex flex-col">
      <SettingRow dense title={t('optionContext')} hint={t('optionContextHint')}>
        <NumberField
          label={t('optionContext')}
          value={options.contextTokens}
          from={fewest}
          to={Math.min(most, model.trainedContextTokens ?? most)}
          onChange={(contextTokens) => change({ contextTokens })}
        />
      </SettingRow>
      <SettingRow dense title={t('optionKvType')} hint={t('optionKvTypeHint')}>
        <SegmentedChoice
          label={t('optionKvType')}
          value={options.kvType}
          options={kvTypes.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(kvType) => change({ kvType })}
        />
      </SettingRow>
      <SettingRow dense title={t('optionFlashAttention')}>
        <SegmentedChoice
          label={t('optionFlashAttention')}
          value={options.flashAttention}
          options={flashAttentions.map((value) => ({ value, label: words[value] }))}
          onChange={(flashAttention) => change({ flashAttention })}
        />
      </SettingRow>
      <SettingRow dense title={t('optionGpuLayers')} hint={t('optionGpuLayersHint')}>
        <NumberField
          label={t('optionGpuLayers')}
          value={options.gpuLayers}
          from={modelOptionRanges.gpuLayers[0]}
          to={modelOptionRanges.gpuLayers[1]}
          onChange={(gpuLayers) => change({ gpuLayers })}
        />
      </SettingRow>
      <SettingRow dense title={t('optionMapping')} hint={t('optionMappingHint')}>
        <SegmentedChoice
          label={t('optionMapping')}
          value={options.mapping}
          options={mappings.map((value) => ({ value, label: words[value] }))}
          onChange={(mapping) => change({ mapping })}
        />
      </SettingRow>
      <SettingRow dense title={t('optionLocked')} hint={t('optionLockedHint')}>
        <SegmentedChoice
          label={t('optionLocked')}
          value={options.locked ? 'on' : 'off'}
          options={[
            { value: 'on', label: words.on },
            { value: 'off', label: words.off },
          ]}
          onChange={(value) => change({ locked: value === 'on' })}
        />
      </SettingRow>
      <SpeculationOption
        drafters={drafters}
        speculation={options.speculation}
        draftModelId={options.draftModelId}
        onChange={change}
      />
      {adapters.map((adapter) => (
        <SettingRow dense key={adapter.id} title={adapter.name} hint={t('optionAdapterHint')}>
          <AdapterOption
            adapter={adapter}
            adapters={options.adapters}
            onChange={(next) => change({ adapters: next })}
          />
        </SettingRow>
      ))}
    </div>
  );
}
