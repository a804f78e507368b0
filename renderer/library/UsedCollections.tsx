import { Library, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { CollectionsStore } from './collections-store.ts';

export interface UsedCollectionsProps {
  readonly store: CollectionsStore;
  /** Those that the conversation asks about. */
  readonly usedIds: readonly string[];
  readonly onChange: (collectionIds: readonly string[]) => void;
}

/** The collections above the message field. */
export function UsedCollectionChips({ store, usedIds, onChange }: UsedCollectionsProps): ReactNode {
  const { t } = useTranslation('library');
  const used = useStore(store, (state) => state.collections).filter(({ id }) => usedIds.includes(id));
  if (used.length === 0) return null;
  return (
    <ul aria-label={t('usedCollections')} className="flex flex-wrap gap-1.5 px-2.5 pt-2.5">
      {used.map(({ id, name, documents }) => (
        <li
          key={id}
          className="flex max-w-full items-center gap-1.5 rounded-md border border-hairline bg-fill py-0.5 pr-0.5 pl-2"
        >
          <Library aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="max-w-[220px] truncate">{name}</span>
          <span className="text-sm text-muted">{t('documents', { count: documents })}</span>
          <IconButton
            label={t('stopUsing', { name })}
            onClick={() => onChange(usedIds.filter((usedId) => usedId !== id))}
          >
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** Chooses the collections beside the message field. */
export function UseCollectionsButton(props: UsedCollectionsProps & { readonly onManage: () => void }): ReactNode {
  const { store, usedIds, onChange, onManage } = props;
  const { t } = useTranslation('library');
  const collections = useStore(store, (state) => state.collections);
  const items: MenuItem[] = [
    ...collections.map(({ id, name }): MenuItem => ({
      kind: 'choice',
      label: name,
      checked: usedIds.includes(id),
      onSelect: () => onChange(usedIds.includes(id) ? usedIds.filter((usedId) => usedId !== id) : [...usedIds, id]),
    })),
    ...(collections.length === 0 ? [] : [{ kind: 'separator' } as const]),
    { label: t('manage'), icon: <Library aria-hidden />, onSelect: onManage },
  ];
  return (
    <Menu items={items}>
      <IconButton label={t('useCollections')} side="top">
        <Library aria-hidden />
      </IconButton>
    </Menu>
  );
}
