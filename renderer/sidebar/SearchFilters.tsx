import { ChevronDown } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { classNames } from '../ui/class-names.ts';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { searchPeriods } from './search-period.ts';
import type { SearchStore } from './search-store.ts';

export interface SearchedModel {
  readonly id: string;
  readonly name: string;
}

interface SearchFiltersProps {
  readonly store: SearchStore;
  readonly models: readonly SearchedModel[];
}

/** What a search is limited to, above its results. */
export function SearchFilters({ store, models }: SearchFiltersProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const { modelId, period, file, files, setModel, setPeriod, setFile, loadFiles } = useStore(store);
  useEffect(loadFiles, [loadFiles]);
  const modelName = models.find(({ id }) => id === modelId)?.name;

  const periods = searchPeriods.map((value): MenuItem => ({
    kind: 'choice',
    label: t(`period.${value}`),
    checked: value === period,
    onSelect: () => setPeriod(value),
  }));
  const choices = [{ id: null, name: t('allModels') }, ...models].map(({ id, name }): MenuItem => ({
    kind: 'choice',
    label: name,
    checked: id === modelId,
    onSelect: () => setModel(id),
  }));
  const names = [null, ...(file === null || files.includes(file) ? files : [file, ...files])].map((name): MenuItem => ({
    kind: 'choice',
    label: name ?? t('allFiles'),
    checked: name === file,
    onSelect: () => setFile(name),
  }));
  return (
    <div role="group" aria-label={t('filters')} className="flex flex-wrap gap-1 px-4 pb-2">
      <FilterMenu
        items={periods}
        label={t('filterPeriod', { value: t(`period.${period}`) })}
        text={t(`period.${period}`)}
        set={period !== 'any'}
      />
      <FilterMenu
        items={choices}
        label={t('filterModel', { value: modelName ?? t('allModels') })}
        text={modelName ?? t('allModels')}
        set={modelId !== null}
      />
      {names.length > 1 ? (
        <FilterMenu
          items={names}
          label={t('filterFile', { value: file ?? t('allFiles') })}
          text={file ?? t('allFiles')}
          set={file !== null}
        />
      ) : null}
    </div>
  );
}

interface FilterMenuProps {
  readonly items: readonly MenuItem[];
  readonly label: string;
  readonly text: string;
  readonly set: boolean;
}

function FilterMenu({ items, label, text, set }: FilterMenuProps): ReactNode {
  return (
    <Menu items={items}>
      <button
        type="button"
        aria-label={label}
        className={classNames(
          'flex h-6 max-w-full min-w-0 items-center gap-0.5 rounded-md px-1.5 text-sm hover:bg-fill data-[state=open]:bg-fill-strong',
          set ? 'font-medium text-accent' : 'text-muted',
        )}
      >
        <span className="truncate">{text}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </button>
    </Menu>
  );
}
