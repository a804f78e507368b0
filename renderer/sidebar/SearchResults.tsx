import { Paperclip } from 'lucide-react';
import { memo, useEffect, useRef, type ReactNode, type UIEvent } from 'react';
import { useStore } from 'zustand';

import type { SearchHit } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { resultId, resultsId } from './search-ids.ts';
import { hitKey, type SearchStore } from './search-store.ts';
import { SearchFilters, type SearchedModel } from './SearchFilters.tsx';
import { useSearchKeys } from './use-search-keys.ts';
import { useToday } from './use-today.ts';

interface SearchResultsProps {
  readonly store: SearchStore;
  readonly models: readonly SearchedModel[];
  readonly onSelect: (conversationId: string, messageId?: string) => void;
}

/** More are fetched before the last one is reached. */
const moreWithinPx = 400;

export function SearchResults({ store, models, onSelect }: SearchResultsProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const errorText = useErrorText();
  const { hits, active, answeredQuery, error, searchingOn, hasMore, modelId, period, file } = useStore(store);
  const list = useRef<HTMLDivElement>(null);
  const nowMs = useToday();
  const onKeyDown = useSearchKeys(store, onSelect);

  useEffect(() => {
    list.current?.querySelector(`#${resultId(active)}`)?.scrollIntoView({ block: 'nearest' });
    // Only a choice moves the list; more results at its end must not.
  }, [active, answeredQuery]);

  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent): void => {
    if (scrollHeight - scrollTop - clientHeight < moreWithinPx) store.getState().loadMore();
  };

  const settled = answeredQuery !== '' && error === undefined && !searchingOn;
  const filtered = modelId !== null || period !== 'any' || file !== null;
  return (
    <div className="flex h-full flex-col">
      <SearchFilters store={store} models={models} />
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" onScroll={onScroll}>
        <p role="status" className="sr-only">
          {settled ? t(hasMore ? 'moreResults' : 'resultCount', { count: hits.length }) : null}
        </p>
        {error === undefined ? null : <p className="px-2 py-4 text-danger">{errorText(error)}</p>}
        {settled && hits.length === 0 ? (
          <EmptyState title={t('noResults')} text={t(filtered ? 'noResultsFiltered' : 'noResultsHint')}>
            {filtered ? (
              <Button
                onClick={() => {
                  store.getState().setModel(null);
                  store.getState().setPeriod('any');
                  store.getState().setFile(null);
                }}
              >
                {t('clearFilters')}
              </Button>
            ) : null}
          </EmptyState>
        ) : null}
        {hits.length === 0 ? null : (
          <div
            id={resultsId}
            role="listbox"
            aria-label={t('results')}
            aria-activedescendant={resultId(active)}
            tabIndex={0}
            className="flex flex-col gap-px rounded-md focus-visible:outline-offset-0"
            onKeyDown={onKeyDown}
          >
            {hits.map((hit, index) => (
              <Result
                key={hitKey(hit)}
                hit={hit}
                id={resultId(index)}
                active={index === active}
                nowMs={nowMs}
                onSelect={onSelect}
              />
            ))}
          </div>
        )}
        {searchingOn ? <p className="appear-late px-2 py-3 text-sm text-muted">{t('searchingOn')}</p> : null}
      </div>
    </div>
  );
}

interface ResultProps {
  readonly hit: SearchHit;
  readonly id: string;
  readonly active: boolean;
  readonly nowMs: number;
  readonly onSelect: SearchResultsProps['onSelect'];
}

const Result = memo(function Result({ hit, id, active, nowMs, onSelect }: ResultProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const format = useFormat();
  const { conversation, messageId, fileName, atMs, snippet } = hit;
  const words = snippet.map((part, index) =>
    part.match ? (
      <mark key={index} className="bg-transparent font-semibold text-ink">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={classNames('rounded-md px-2 py-1.5', active ? 'bg-fill-strong' : 'hover:bg-fill')}
      // The field must keep the focus for the arrows to go on working.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onSelect(conversation.id, messageId ?? undefined)}
    >
      <div className="flex items-baseline gap-2">
        <p className="min-w-0 flex-1 truncate font-medium">
          {messageId === null ? words : conversation.title || t('untitled')}
        </p>
        <span className="shrink-0 text-xs text-muted">{format.moment(atMs, nowMs)}</span>
      </div>
      <p className="line-clamp-2 text-sm text-muted">
        {fileName === null ? null : (
          <Paperclip role="img" aria-label={t('fileHit')} className="mr-1 inline size-3.5 align-text-bottom" />
        )}
        {messageId === null ? t('inTitle') : words}
      </p>
    </div>
  );
});
