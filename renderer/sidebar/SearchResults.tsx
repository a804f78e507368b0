import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { SearchHit } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { resultId, resultsId } from './search-ids.ts';
import type { SearchStore } from './search-store.ts';
import { useSearchKeys } from './use-search-keys.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface SearchResultsProps {
  readonly store: SearchStore;
  readonly onSelect: (conversationId: string, messageId?: string) => void;
}

export function SearchResults({ store, onSelect }: SearchResultsProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const errorText = useErrorText();
  const { hits, active, answeredQuery, error } = useStore(store);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = useSearchKeys(store, onSelect);

  useEffect(() => {
    list.current?.querySelector(`#${resultId(active)}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, hits]);

  const answered = answeredQuery !== '';
  return (
    <div ref={list} className="h-full overflow-y-auto px-2 pb-2">
      <p role="status" className="sr-only">
        {answered && error === undefined ? t('resultCount', { count: hits.length }) : null}
      </p>
      {error === undefined ? null : <p className="px-2 py-4 text-danger">{errorText(error)}</p>}
      {answered && error === undefined && hits.length === 0 ? (
        <EmptyState title={t('noResults')} text={t('noResultsHint')} />
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
              key={`${hit.conversation.id} ${hit.messageId ?? ''}`}
              hit={hit}
              id={resultId(index)}
              active={index === active}
              onSelect={onSelect}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface ResultProps {
  readonly hit: SearchHit;
  readonly id: string;
  readonly active: boolean;
  readonly onSelect: SearchResultsProps['onSelect'];
}

function Result({ hit, id, active, onSelect }: ResultProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const { conversation, messageId, snippet } = hit;
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
      <p className="truncate font-medium">{messageId === null ? words : conversation.title || t('untitled')}</p>
      <p className="line-clamp-2 text-sm text-muted">{messageId === null ? t('inTitle') : words}</p>
    </div>
  );
}
