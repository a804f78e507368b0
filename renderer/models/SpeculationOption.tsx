import type { ReactNode } from 'react';

import type { ModelInfo } from '../../shared/contract/index.ts';
import type { ModelOptions } from '../../shared/model/model-options.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useTranslation } from '../ui/use-translation.ts';
import { SettingRow } from '../ui/SettingRow.tsx';

type Guessing = Pick<ModelOptions, 'speculation' | 'draftModelId'>;

interface SpeculationOptionProps extends Guessing {
  /** Models that can guess for this one, the best first. */
  readonly drafters: readonly ModelInfo[];
  readonly onChange: (part: Partial<Guessing>) => void;
}

/** Whether words are guessed ahead, and by what. */
export function SpeculationOption(props: SpeculationOptionProps): ReactNode {
  const { drafters, speculation, draftModelId, onChange } = props;
  const { t } = useTranslation('models');
  const [first] = drafters;
  const hasDrafter = first !== undefined || speculation === 'draft';
  const choose = (next: Guessing['speculation']): void =>
    onChange(
      next === 'draft' ? { speculation: next, draftModelId: draftModelId ?? first?.id ?? null } : { speculation: next },
    );
  return (
    <>
      <SettingRow dense title={t('optionSpeculation')} hint={t('optionSpeculationHint')}>
        <SegmentedChoice
          label={t('optionSpeculation')}
          value={speculation}
          options={[
            { value: 'off', label: t('optionOff') },
            { value: 'lookup', label: t('optionSpeculationLookup') },
            ...(hasDrafter ? [{ value: 'draft', label: t('optionSpeculationDraft') } as const] : []),
          ]}
          onChange={choose}
        />
      </SettingRow>
      {speculation === 'draft' ? (
        <SettingRow dense title={t('optionDraft')} hint={first ? t('optionDraftHint') : t('optionDraftNone')}>
          <select
            aria-label={t('optionDraft')}
            value={draftModelId ?? ''}
            className="h-7 max-w-64 rounded-md border border-hairline bg-canvas px-2"
            onChange={(event) => onChange({ draftModelId: event.target.value })}
          >
            {drafters.some(({ id }) => id === draftModelId) ? null : (
              <option value={draftModelId ?? ''}>{draftModelId ?? ''}</option>
            )}
            {drafters.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </SettingRow>
      ) : null}
    </>
  );
}
