import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

import type { ComparedRow, ComparedSide, Comparison } from '../../../shared/contract/index.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { foldRows } from './changes.ts';

/** So many rows are drawn at once; a person reads fewer before asking for more. */
const rowsAtOnce = 600;

/** Both texts beside one another. N and P, or the buttons, go to the next and the previous change. */
export function ChangesView({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [limit, setLimit] = useState(rowsAtOnce);
  const [current, setCurrent] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const entries = useMemo(() => foldRows(comparison.rows, opened), [comparison, opened]);
  const total = entries.reduce(
    (most, entry) => (entry.kind === 'row' && entry.change !== null ? entry.change + 1 : most),
    0,
  );

  const go = (step: 1 | -1): void => {
    if (total === 0) return;
    const next = current < 0 ? (step === 1 ? 0 : total - 1) : (current + step + total) % total;
    const at = entries.findIndex((entry) => entry.kind === 'row' && entry.change === next);
    if (at >= limit) setLimit(at + rowsAtOnce);
    setCurrent(next);
    requestAnimationFrame(() => {
      const row = list.current?.querySelector<HTMLElement>(`[data-change="${next}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'center' });
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const step = event.key === 'n' ? 1 : event.key === 'p' ? -1 : undefined;
    if (step === undefined) return;
    event.preventDefault();
    go(step);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <div className="grid shrink-0 grid-cols-[1fr_1fr_auto] items-center gap-3 border-y border-hairline px-4 py-1.5">
        <SideTitle label={t('compare.before')} name={comparison.before.name} />
        <SideTitle label={t('compare.after')} name={comparison.after.name} />
        <div className="flex items-center">
          <span role="status" className="px-2 text-sm whitespace-nowrap text-muted tabular-nums">
            {current < 0 ? '' : t('compare.position', { at: format.number(current + 1), total: format.number(total) })}
          </span>
          <IconButton label={t('compare.previous')} keys="P" disabled={total === 0} onClick={() => go(-1)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label={t('compare.next')} keys="N" disabled={total === 0} onClick={() => go(1)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </div>
      </div>
      <div
        ref={list}
        role="region"
        aria-label={t('compare.reading')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        {entries.slice(0, limit).map((entry) =>
          entry.kind === 'fold' ? (
            <div key={`fold ${entry.from}`} className="flex justify-center border-b border-hairline bg-fill py-1">
              <Button tone="quiet" onClick={() => setOpened(new Set([...opened, entry.from]))}>
                {t('compare.unchanged', { count: entry.count })}
              </Button>
            </div>
          ) : (
            <Row key={entry.index} row={entry.row} change={entry.change} current={entry.change === current} />
          ),
        )}
        {entries.length > limit ? (
          <div className="flex justify-center py-2">
            <Button onClick={() => setLimit(limit + rowsAtOnce)}>{t('compare.moreRows')}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function SideTitle({ label, name }: { readonly label: string; readonly name: string }): ReactNode {
  return (
    <p className="min-w-0 truncate">
      <span className="text-sm text-muted">{label}</span> {name}
    </p>
  );
}

interface RowProps {
  readonly row: ComparedRow;
  readonly change: number | null;
  readonly current: boolean;
}

function Row({ row, change, current }: RowProps): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const note =
    row.kind === 'movedAway'
      ? t('compare.movedTo')
      : row.kind === 'moved' && row.before !== null
        ? t('compare.movedFrom', { place: t('page', { page: format.number(row.before.page) }) })
        : undefined;
  const mark =
    row.kind === 'changed'
      ? t('compare.changedMark')
      : row.kind === 'added'
        ? t('compare.addedMark')
        : row.kind === 'removed'
          ? t('compare.removedMark')
          : note;
  return (
    <div
      {...(change === null ? {} : { 'data-change': change, tabIndex: -1, role: 'group', 'aria-label': mark })}
      className={classNames(
        'grid grid-cols-2 divide-x divide-hairline border-b border-hairline outline-none',
        current && 'bg-fill ring-2 ring-accent/60 ring-inset',
      )}
    >
      <Side
        side={row.kind === 'moved' ? null : row.before}
        tone="before"
        note={row.kind === 'movedAway' ? note : undefined}
      />
      <Side side={row.after} tone="after" note={row.kind === 'moved' ? note : undefined} />
    </div>
  );
}

interface SideProps {
  readonly side: ComparedSide | null;
  readonly tone: 'before' | 'after';
  readonly note: string | undefined;
}

function Side({ side, tone, note }: SideProps): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (side === null) return <div className="bg-fill/50" />;
  return (
    <div className="min-w-0 px-4 py-2">
      <p className="text-xs text-muted">
        {t('page', { page: format.number(side.page) })}
        {note === undefined ? null : ` · ${note}`}
      </p>
      <p className={classNames('break-words', note !== undefined && 'text-muted')}>
        {side.pieces.map(({ text, changed }, index) => {
          if (!changed) return text;
          return tone === 'before' ? <Removed key={index} text={text} /> : <Added key={index} text={text} />;
        })}
      </p>
    </div>
  );
}

function Removed({ text }: { readonly text: string }): ReactNode {
  return <del className="rounded-sm bg-danger/12 text-danger decoration-danger/60">{text}</del>;
}

function Added({ text }: { readonly text: string }): ReactNode {
  return <ins className="rounded-sm bg-success/15 text-success no-underline">{text}</ins>;
}
