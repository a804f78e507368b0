import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { IconButton } from '../../ui/IconButton.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { isComposing } from '../is-composing.ts';
import type { FindStore } from './find-store.ts';

interface FindBarProps {
  readonly store: FindStore;
  /** Grows each time the person asks for it; the field is then focused again. */
  readonly asked: number;
  readonly onClose: () => void;
}

/** The field to find words in this thread with, above it: over it, it would cover what it finds. */
export function FindBar({ store, asked, onClose }: FindBarProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const errorText = useErrorText();
  const { query, answeredQuery, places, current, error, setQuery, step } = useStore(store);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    switch (event.key) {
      case 'Escape':
        // Elsewhere in the thread it stops the answer.
        event.stopPropagation();
        onClose();
        break;
      case 'Enter':
        if (event.target !== field.current) return;
        step(event.shiftKey ? -1 : 1);
        break;
      case 'ArrowDown':
        step(1);
        break;
      case 'ArrowUp':
        step(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const answered = answeredQuery !== '' && error === undefined;
  const count =
    places.length === 0
      ? t('find.nothing')
      : t('find.count', { place: format.number(current + 1), total: format.number(places.length) });
  return (
    <div
      role="search"
      aria-label={t('find.label')}
      className="flex shrink-0 flex-col items-end border-b border-hairline px-4 py-1.5"
      onKeyDown={onKeyDown}
    >
      <div className="flex max-w-full items-center gap-0.5">
        <input
          ref={field}
          type="text"
          aria-label={t('find.field')}
          placeholder={t('find.field')}
          value={query}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          className="h-7 w-52 min-w-0 rounded-md bg-fill px-2 text-ink placeholder:text-muted focus-visible:outline-1 focus-visible:-outline-offset-1"
          onChange={(event) => setQuery(event.target.value)}
        />
        <span role="status" className="min-w-16 shrink-0 px-1 text-right text-sm text-muted tabular-nums">
          {answered ? count : null}
        </span>
        <IconButton
          label={t('find.previous')}
          keys="Shift+Enter"
          disabled={places.length === 0}
          onClick={() => step(-1)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t('find.next')} keys="Enter" disabled={places.length === 0} onClick={() => step(1)}>
          <ChevronDown aria-hidden />
        </IconButton>
        <IconButton label={t('find.close')} keys="Escape" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {error === undefined ? null : <p className="px-2 pt-1 text-sm text-danger">{errorText(error)}</p>}
    </div>
  );
}
