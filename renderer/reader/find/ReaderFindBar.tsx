import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { IconButton } from '../../ui/IconButton.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import type { ReaderFind } from './reader-find.ts';

interface ReaderFindBarProps {
  readonly find: ReaderFind;
  /** Grows each time the person asks for it; the field is then focused again. */
  readonly asked: number;
  readonly onClose: () => void;
}

export function ReaderFindBar({ find, asked, onClose }: ReaderFindBarProps): ReactNode {
  const { t } = useTranslation('reader');
  const format = useFormat();
  const { query, places, current, searched } = useStore(find.state);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && event.target === field.current) find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') find.step(1);
    else if (event.key === 'ArrowUp') find.step(-1);
    else return;
    event.preventDefault();
    // Escape would close the document as well.
    event.stopPropagation();
  };
  const none = places.length === 0;
  return (
    <div
      role="search"
      aria-label={t('find')}
      className="flex h-9 shrink-0 items-center gap-0.5 border-b border-hairline px-3"
      onKeyDown={onKeyDown}
    >
      <input
        ref={field}
        type="text"
        aria-label={t('find')}
        placeholder={t('find')}
        value={query}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        className="h-7 min-w-0 flex-1 rounded-md bg-fill px-2 text-ink placeholder:text-muted focus-visible:outline-1 focus-visible:-outline-offset-1"
        onChange={(event) => find.setQuery(event.target.value)}
      />
      <span role="status" className="min-w-20 shrink-0 px-1 text-right text-sm text-muted tabular-nums">
        {query.trim() === ''
          ? null
          : none && searched < 1
            ? t('findSearching', { percent: format.percent(searched) })
            : none
              ? t('findNothing')
              : t('findCount', { place: format.number(current + 1), total: format.number(places.length) })}
      </span>
      <IconButton label={t('findPrevious')} keys="Shift+Enter" disabled={none} onClick={() => find.step(-1)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label={t('findNext')} keys="Enter" disabled={none} onClick={() => find.step(1)}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label={t('findClose')} keys="Escape" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
