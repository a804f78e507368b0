import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useStore } from 'zustand';

import { Kbd } from '../ui/Kbd.tsx';
import type { SearchStore } from './search-store.ts';
import { resultId, resultsId } from './search-ids.ts';
import { useSearchKeys } from './use-search-keys.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface SearchFieldProps {
  readonly store: SearchStore;
  readonly fieldRef: Ref<HTMLInputElement>;
  readonly onSelect: (conversationId: string, messageId?: string) => void;
}

/** The field keeps the focus; the arrows move through the results below it. */
export function SearchField({ store, fieldRef, onSelect }: SearchFieldProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const { query, hits, active, setQuery, clear } = useStore(store);
  const searching = query.trim() !== '';

  const onKeyDown = useSearchKeys(store, onSelect);

  return (
    <div className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-muted" />
      <input
        ref={fieldRef}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        {...(searching && hits.length > 0
          ? { 'aria-controls': resultsId, 'aria-activedescendant': resultId(active) }
          : {})}
        className="h-7 w-full rounded-md bg-fill pr-8 pl-8 text-ink placeholder:text-muted focus-visible:outline-1 focus-visible:-outline-offset-1 [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query === '' ? (
        <span className="pointer-events-none absolute top-1.5 right-2">
          <Kbd keys="Mod+K" />
        </span>
      ) : (
        <button
          type="button"
          aria-label={t('clearSearch')}
          className="absolute top-0.5 right-0.5 inline-flex size-6 items-center justify-center rounded-md text-muted hover:text-ink"
          onClick={clear}
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
