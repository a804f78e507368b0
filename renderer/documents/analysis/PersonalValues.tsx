import { useEffect, useId, useRef, type ReactNode } from 'react';

import type { PersonalValue } from '../../../shared/contract/index.ts';
import type { PersonalKind } from '../../../shared/model/privacy/personal-kinds.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';

interface PersonalValuesProps {
  readonly kind: PersonalKind;
  readonly values: readonly PersonalValue[];
  /** Values that stay in the copy, by their ids. */
  readonly kept: ReadonlySet<string>;
  readonly onKeep: (ids: readonly string[], stays: boolean) => void;
}

/** The values of one kind, to be ticked one by one or together. */
export function PersonalValues({ kind, values, kept, onKeep }: PersonalValuesProps): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const name = t(`kinds.${kind}`);
  const all = useRef<HTMLInputElement>(null);
  const ticked = values.filter(({ id }) => !kept.has(id)).length;
  const mixed = ticked > 0 && ticked < values.length;
  useEffect(() => {
    if (all.current !== null) all.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <section aria-label={name} className="border-t border-hairline py-2">
      <label className="flex items-center gap-2 font-semibold">
        <input
          ref={all}
          type="checkbox"
          aria-label={t('personal.all', { kind: name })}
          checked={ticked > 0}
          onChange={() =>
            onKeep(
              values.map(({ id }) => id),
              ticked === values.length,
            )
          }
          className="size-4 shrink-0 accent-(--accent)"
        />
        {name}
        <span className="font-normal text-muted tabular-nums">
          {ticked === values.length
            ? format.number(ticked)
            : `${format.number(ticked)} / ${format.number(values.length)}`}
        </span>
      </label>
      <ul>
        {values.map((value) => (
          <ValueRow key={value.id} value={value} stays={kept.has(value.id)} onKeep={onKeep} />
        ))}
      </ul>
    </section>
  );
}

interface ValueRowProps {
  readonly value: PersonalValue;
  readonly stays: boolean;
  readonly onKeep: PersonalValuesProps['onKeep'];
}

function ValueRow({ value, stays, onKeep }: ValueRowProps): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const described = useId();
  const [first, ...others] = value.places;
  return (
    <li className="py-1 pl-6">
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          aria-label={value.text}
          aria-describedby={described}
          checked={!stays}
          onChange={() => onKeep([value.id], !stays)}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span className="min-w-0 flex-1">
          <span className="break-words whitespace-pre-wrap">{value.text}</span>
          <span className="pl-2 text-sm text-muted">{t('personal.times', { count: value.occurrences })}</span>
          <span id={described} className="block text-sm break-words text-muted">
            {first === undefined ? null : <Place place={first} />}
          </span>
        </span>
      </label>
      {others.length === 0 ? null : (
        <details className="pl-6 text-sm text-muted">
          <summary className="w-fit rounded-sm">
            {t('personal.places')} ({format.number(others.length + 1)})
          </summary>
          <ul>
            {others.map((place, index) => (
              <li key={index} className="py-0.5 break-words">
                <Place place={place} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Place({ place }: { readonly place: PersonalValue['places'][number] }): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  return (
    <>
      {t('page', { page: format.number(place.page) })}: …{place.before}
      <mark className="rounded-sm bg-fill-strong text-ink">{place.text}</mark>
      {place.after}…
    </>
  );
}
