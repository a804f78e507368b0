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
import type { ModelsStore } from './models-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface ModelOptionsFormProps {
  readonly store: ModelsStore;
  readonly model: ModelInfo;
  /** Of its architecture. */
  readonly adapters: readonly ModelInfo[];
}

/** What a person may set for one model. Every change is stored at once; a model in memory is loaded anew. */
export function ModelOptionsForm({ store, model, adapters }: ModelOptionsFormProps): ReactNode {
  const { t } = useTranslation('models');
  const attempt = useAttempt();
  const readOptions = useStore(store, (state) => state.options);
  const setOptions = useStore(store, (state) => state.setOptions);
  const [options, setShown] = useState<ModelOptions | null>(null);

  useEffect(() => {
    let left = false;
    attempt(async () => {
      const read = await readOptions(model.id);
      if (!left) setShown(read);
    });
    return () => {
      left = true;
    };
  }, [attempt, readOptions, model.id]);

  if (!options) return <p className="text-muted">{t('connecting')}</p>;
  const change = (part: Partial<ModelOptions>): void =>
    attempt(async () => setShown(await setOptions(model.id, { ...options, ...part })));
  const words = { auto: t('optionAuto'), on: t('optionOn'), off: t('optionOff') } as const;
  const [fewest, most] = modelOptionRanges.contextTokens;

  return (
    <div className="flex flex-col">
      <OptionRow title={t('optionContext')} hint={t('optionContextHint')}>
        <NumberField
          label={t('optionContext')}
          value={options.contextTokens}
          from={fewest}
          to={Math.min(most, model.trainedContextTokens ?? most)}
          onChange={(contextTokens) => change({ contextTokens })}
        />
      </OptionRow>
      <OptionRow title={t('optionKvType')} hint={t('optionKvTypeHint')}>
        <SegmentedChoice
          label={t('optionKvType')}
          value={options.kvType}
          options={kvTypes.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(kvType) => change({ kvType })}
        />
      </OptionRow>
      <OptionRow title={t('optionFlashAttention')}>
        <SegmentedChoice
          label={t('optionFlashAttention')}
          value={options.flashAttention}
          options={flashAttentions.map((value) => ({ value, label: words[value] }))}
          onChange={(flashAttention) => change({ flashAttention })}
        />
      </OptionRow>
      <OptionRow title={t('optionGpuLayers')} hint={t('optionGpuLayersHint')}>
        <NumberField
          label={t('optionGpuLayers')}
          value={options.gpuLayers}
          from={modelOptionRanges.gpuLayers[0]}
          to={modelOptionRanges.gpuLayers[1]}
          onChange={(gpuLayers) => change({ gpuLayers })}
        />
      </OptionRow>
      <OptionRow title={t('optionMapping')} hint={t('optionMappingHint')}>
        <SegmentedChoice
          label={t('optionMapping')}
          value={options.mapping}
          options={mappings.map((value) => ({ value, label: words[value] }))}
          onChange={(mapping) => change({ mapping })}
        />
      </OptionRow>
      <OptionRow title={t('optionLocked')} hint={t('optionLockedHint')}>
        <SegmentedChoice
          label={t('optionLocked')}
          value={options.locked ? 'on' : 'off'}
          options={[
            { value: 'on', label: words.on },
            { value: 'off', label: words.off },
          ]}
          onChange={(value) => change({ locked: value === 'on' })}
        />
      </OptionRow>
      <OptionRow title={t('optionSpeculation')} hint={t('optionSpeculationHint')}>
        <SegmentedChoice
          label={t('optionSpeculation')}
          value={options.speculation}
          options={[
            { value: 'lookup', label: words.on },
            { value: 'off', label: words.off },
          ]}
          onChange={(speculation) => change({ speculation })}
        />
      </OptionRow>
      {adapters.map((adapter) => (
        <OptionRow key={adapter.id} title={adapter.name} hint={t('optionAdapterHint')}>
          <AdapterOption
            adapter={adapter}
            adapters={options.adapters}
            onChange={(next) => change({ adapters: next })}
          />
        </OptionRow>
      ))}
    </div>
  );
}

function OptionRow({ title, hint, children }: { title: string; hint?: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline py-2 last:border-b-0">
      <div className="min-w-0">
        <p>{title}</p>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
