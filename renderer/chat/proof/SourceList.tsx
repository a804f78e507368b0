import { useMemo, useState, type ReactNode } from 'react';

import type { AnswerSource, AnswerSources, Message } from '../../../shared/contract/index.ts';
import { citedNumbers } from '../../../shared/model/documents/proof/cited-markdown.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { useOpenSource } from './use-open-source.tsx';
import { useSourceWords } from './use-source-words.ts';

/** Under an answer: what it rests on, or that the documents have nothing to do with the question. */
export function SourceList({ message }: { message: Message }): ReactNode {
  const { t } = useTranslation('chat');
  const { sources, text, state } = message;
  if (sources === undefined || text === '') return null;
  if (sources.kind === 'nothing') return <p className="mt-2 text-sm text-muted">{t('proof.nothing')}</p>;
  return state === 'running' ? null : <Rows text={text} sources={sources} />;
}

function Rows({ text, sources }: { text: string; sources: AnswerSources }): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { open, dialog } = useOpenSource();
  const cited = useMemo(() => new Set(citedNumbers(text, sources)), [text, sources]);
  const named = sources.list.filter(({ number }) => cited.has(number));
  const others = sources.list.filter(({ number }) => !cited.has(number));
  // Until it was looked up, everything that was given is in the list; of a whole document that is no list of sources.
  const more = sources.kind === 'found' ? others : [];
  if (named.length === 0 && more.length === 0) return null;
  return (
    <div className="mt-3 flex flex-col items-start gap-0.5">
      {named.length === 0 ? null : (
        <ul aria-label={t('proof.sources')} className="flex max-w-full flex-col items-start">
          {named.map((source) => (
            <Row key={source.number} source={source} onOpen={() => open(source, text)} />
          ))}
        </ul>
      )}
      {more.length === 0 ? null : (
        <button
          type="button"
          aria-expanded={all}
          className="h-6 rounded-md text-sm text-muted hover:text-ink hover:underline"
          onClick={() => setAll(!all)}
        >
          {t(named.length === 0 ? 'proof.read' : 'proof.alsoRead', {
            count: more.length,
            amount: format.number(more.length),
          })}
        </button>
      )}
      {all && more.length > 0 ? (
        <ul aria-label={t('proof.others')} className="flex max-w-full flex-col items-start">
          {more.map((source) => (
            <Row key={source.number} source={source} onOpen={() => open(source, text)} />
          ))}
        </ul>
      ) : null}
      {dialog}
    </div>
  );
}

function Row({ source, onOpen }: { source: AnswerSource; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('chat');
  const words = useSourceWords();
  const headings = words.headings(source);
  return (
    <li className="max-w-full">
      <button
        type="button"
        className="flex h-6 max-w-full items-center gap-2 rounded-md text-sm text-muted hover:text-ink"
        onClick={onOpen}
      >
        <span className="citation-number">{source.number}</span>
        <span className="truncate">
          {words.name(source)}
          {headings === '' ? '' : ` · ${headings}`}
        </span>
        {source.deleted ? <span className="shrink-0">{t('proof.gone')}</span> : null}
      </button>
    </li>
  );
}
