import type { ReactNode } from 'react';

import type { ModelInfo } from '../../shared/contract/index.ts';
import type { ModelOptions } from '../../shared/model/model-options.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface AdapterOptionProps {
  readonly adapter: ModelInfo;
  readonly adapters: ModelOptions['adapters'];
  readonly onChange: (adapters: ModelOptions['adapters']) => void;
}

const usualScales = [0, 0.5, 1, 1.5];

/** How strongly an adapter is laid over the model; 0 leaves it out. */
export function AdapterOption({ adapter, adapters, onChange }: AdapterOptionProps): ReactNode {
  const { t } = useTranslation('models');
  const format = useFormat();
  const scale = adapters.find(({ modelId }) => modelId === adapter.id)?.scale ?? 0;
  const others = adapters.filter(({ modelId }) => modelId !== adapter.id);
  // A value from the settings file is shown as it is.
  const scales = usualScales.includes(scale) ? usualScales : [...usualScales, scale].toSorted((a, b) => a - b);
  return (
    <SegmentedChoice
      label={adapter.name}
      value={String(scale)}
      options={scales.map((value) => ({
        value: String(value),
        label: value === 0 ? t('optionOff') : format.percent(value),
      }))}
      onChange={(value) =>
        onChange(Number(value) === 0 ? others : [...others, { modelId: adapter.id, scale: Number(value) }])
      }
    />
  );
}
