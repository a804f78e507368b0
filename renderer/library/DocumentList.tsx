import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Virtualizer } from 'virtua';

import type { ListedDocument } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { useFormat } from '../ui/use-format.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';
import type { DocumentPages, ListedPlace } from './document-pages.ts';

type Sorting = Pick<ListedPlace, 'sort' | 'descending'>;

interface DocumentListProps {
  readonly pages: DocumentPages;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly selected: ReadonlySet<string>;
  readonly onToggle: (documentId: string) => void;
  readonly onShow: (document: ListedDocument) => void;
  /** Rows of these places are about to be seen. */
  readonly onNeed: (from: number, to: number) => void;
}

const rowPx = 36;
const columns = 'grid grid-cols-[28px_minmax(0,1fr)_64px_72px_88px_96px] items-center gap-2 px-3';

/** Documents, as many as there are; only those in view are in the page. */
export function DocumentList(props: DocumentListProps): ReactNode {
  const { pages, sorting, onSort, selected, onToggle, onShow, onNeed } = props;
  const { t } = useTranslation('library');
  const frame = useRef<HTMLDivElement>(null);
  const total = pages.total ?? 0;
  const heading = (sort: Sorting['sort'], label: string, className: string): ReactNode => {
    const current = sorting.sort === sort;
    const Arrow = sorting.descending ? ArrowDown : ArrowUp;
    const direction = sorting.descending ? 'descending' : 'ascending';
    return (
      <div role="columnheader" aria-sort={current ? direction : 'none'} className={className}>
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1 hover:text-ink"
          onClick={() => onSort({ sort, descending: current ? !sorting.descending : sort !== 'name' })}
        >
          {label}
          {current ? <Arrow aria-hidden className="size-3" /> : null}
        </button>
      </div>
    );
  };
  return (
    <div role="table" aria-label={t('title')} aria-rowcount={total + 1} className="flex min-h-0 flex-1 flex-col">
      <div role="rowgroup">
        <div role="row" className={classNames(columns, 'h-8 border-b border-hairline text-sm text-muted')}>
          <div role="columnheader">
            <span className="sr-only">{t('selection')}</span>
          </div>
          {heading('name', t('name'), '')}
          <div role="columnheader" className="text-right">
            {t('pages')}
          </div>
          {heading('size', t('size'), 'text-right')}
          <div role="columnheader">{t('status')}</div>
          {heading('added', t('added'), 'text-right')}
        </div>
      </div>
      <div
        ref={frame}
        role="rowgroup"
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
        onScroll={(event) => {
          const from = Math.floor(event.currentTarget.scrollTop / rowPx);
          onNeed(from, Math.min(total - 1, from + Math.ceil(event.currentTarget.clientHeight / rowPx) + 5));
        }}
      >
        <Virtualizer scrollRef={frame} itemSize={rowPx} data={Array.from({ length: total }, (_, index) => index)}>
          {(index: number) => {
            const document = pages.at(index);
            return (
              <Row
                key={document?.id ?? index}
                index={index}
                document={document}
                selected={document !== undefined && selected.has(document.id)}
                onToggle={onToggle}
                onShow={onShow}
              />
            );
          }}
        </Virtualizer>
      </div>
    </div>
  );
}

interface RowProps {
  readonly index: number;
  /** Undefined until it is there. */
  readonly document: ListedDocument | undefined;
  readonly selected: boolean;
  readonly onToggle: (documentId: string) => void;
  readonly onShow: (document: ListedDocument) => void;
}

function Row({ index, document, selected, onToggle, onShow }: RowProps): ReactNode {
  const { t } = useTranslation('library');
  const format = useFormat();
  const [nowMs] = useState(() => Date.now());
  if (document === undefined) return <div role="row" aria-rowindex={index + 2} style={{ height: rowPx }} />;
  const { id, name, path, pages, sizeBytes, createdAt } = document;
  const folder = path?.includes('/') === true ? path.slice(0, path.lastIndexOf('/')) : '';
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ height: rowPx }}
      className={classNames(columns, 'border-b border-hairline', selected ? 'bg-fill-strong' : 'hover:bg-fill')}
    >
      <div role="cell" className="flex">
        <input
          type="checkbox"
          aria-label={t('select', { name })}
          checked={selected}
          className="size-4 accent-(--accent)"
          onChange={() => onToggle(id)}
        />
      </div>
      <div role="cell" className="flex min-w-0 items-baseline gap-2">
        <button type="button" className="min-w-0 truncate text-left hover:underline" onClick={() => onShow(document)}>
          {name}
        </button>
        {folder === '' ? null : <span className="min-w-0 shrink-[9] truncate text-sm text-muted">{folder}</span>}
      </div>
      <div role="cell" className="text-right tabular-nums">
        {format.number(pages)}
      </div>
      <div role="cell" className="text-right tabular-nums">
        {format.bytes(sizeBytes)}
      </div>
      <div role="cell" className="min-w-0">
        <Status document={document} />
      </div>
      <div role="cell" className="truncate text-right text-muted tabular-nums">
        {format.moment(createdAt, nowMs)}
      </div>
    </div>
  );
}

function Status({ document }: { readonly document: ListedDocument }): ReactNode {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const worst = document.problems.find(({ severity }) => severity !== 'note');
  const said = worst?.text[language === 'zh' ? 'zh' : 'en'];
  if (!document.usable) {
    return (
      <span className="block truncate text-danger" title={said}>
        {t('unreadable')}
      </span>
    );
  }
  return (
    <span className={classNames('block truncate', worst === undefined ? 'text-muted' : 'text-warning')} title={said}>
      {t(worst === undefined ? 'read' : 'partly')}
    </span>
  );
}
