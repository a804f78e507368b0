import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

import type { ModelInfo } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useFormat } from '../ui/use-format.ts';
import { detailWords, isUsable, stateTone, stateWords, type StateTone } from './model-words.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';

interface ModelListboxProps {
  readonly id: string;
  readonly models: readonly ModelInfo[];
  readonly selectedId: string | null;
  readonly autoFocus?: boolean;
  readonly onChoose: (modelId: string) => void;
  /** The pointer rests on a model, or on none any more. */
  readonly onHover?: (modelId: string | null) => void;
}

const toneClasses: Readonly<Record<StateTone, string>> = {
  good: 'text-success',
  busy: 'text-accent tabular-nums',
  quiet: 'text-muted',
  bad: 'text-danger',
};

/** The list keeps the focus; arrows, Home, End and first letters move, Enter and Space choose. */
export function ModelListbox({
  id,
  models,
  selectedId,
  autoFocus = false,
  onChoose,
  onHover,
}: ModelListboxProps): ReactNode {
  const { t } = useTranslation('models');
  const optionId = useId();
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', atMs: 0 });
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      models.findIndex((model) => model.id === selectedId),
    ),
  );
  const activeModel = models[active];

  useEffect(() => {
    if (autoFocus) list.current?.focus();
  }, [autoFocus]);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (model: ModelInfo | undefined): void => {
    if (model && isUsable(model)) onChoose(model.id);
  };
  const jump = (letter: string, atMs: number): void => {
    const again = atMs - typed.current.atMs < 700 ? typed.current.text : '';
    const text = (again + letter).toLowerCase();
    typed.current = { text, atMs };
    const from = text.length === 1 ? active + 1 : active;
    const order = models.map((_, index) => (from + index) % models.length);
    const found = order.find((index) => models[index]?.name.toLowerCase().startsWith(text));
    if (found !== undefined) setActive(found);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const last = models.length - 1;
    if (event.key === 'ArrowDown') setActive(Math.min(last, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Home') setActive(0);
    else if (event.key === 'End') setActive(last);
    else if (event.key === 'Enter' || (event.key === ' ' && event.timeStamp - typed.current.atMs > 700)) {
      choose(activeModel);
    } else if (event.key.length === 1) jump(event.key, event.timeStamp);
    else return;
    event.preventDefault();
  };

  return (
    <>
      {models.length === 0 ? <EmptyState title={t('emptyTitle')} /> : null}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t('choose')}
        tabIndex={0}
        aria-activedescendant={activeModel ? `${optionId}${active}` : undefined}
        hidden={models.length === 0}
        className="min-h-0 overflow-y-auto p-1 outline-none"
        onKeyDown={onKeyDown}
        onPointerLeave={() => onHover?.(null)}
      >
        {models.map((model, index) => (
          <ModelOption
            key={model.id}
            id={`${optionId}${index}`}
            model={model}
            active={index === active}
            selected={model.id === selectedId}
            onPoint={() => {
              setActive(index);
              onHover?.(model.id);
            }}
            onChoose={() => choose(model)}
          />
        ))}
      </div>
    </>
  );
}

interface ModelOptionProps {
  readonly id: string;
  readonly model: ModelInfo;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function ModelOption({ id, model, active, selected, onPoint, onChoose }: ModelOptionProps): ReactNode {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const format = useFormat();
  const usable = isUsable(model);
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={!usable}
      className={classNames('flex gap-2 rounded-md px-2 py-1.5 select-none', active && 'bg-fill')}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className="flex h-5 w-4 shrink-0 items-center">
        {selected ? <Check aria-hidden className="size-4" /> : null}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className={classNames('truncate', usable ? 'font-medium' : 'text-muted')}>{model.name}</span>
          <span className={classNames('shrink-0 text-sm', toneClasses[stateTone(model)])}>
            {stateWords(t, format, model)}
          </span>
        </div>
        <p className="text-sm text-muted">{detailWords(t, format, model, language)}</p>
        {model.state.kind === 'loading' ? (
          <div aria-hidden className="mt-1.5">
            <ProgressLine label={model.name} fraction={model.state.fraction} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
