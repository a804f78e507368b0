import type { ReactNode } from 'react';

import type { AnswerSource } from '../../../shared/contract/index.ts';
import { pointOut } from '../../../shared/model/documents/proof/point-out.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { usePassage } from './use-passage.ts';
import { useSourceWords } from './use-source-words.ts';

/** A passage as it stands in its document, with the words that bear out a sentence pointed out. */
export function SourcePeek({ source, claim }: { source: AnswerSource; claim: string }): ReactNode {
  const words = useSourceWords();
  const headings = words.headings(source);
  return (
    <div className="flex min-h-0 flex-col">
      <p className="shrink-0 truncate font-medium">{words.name(source)}</p>
      {headings === '' ? null : <p className="shrink-0 truncate text-sm text-muted">{headings}</p>}
      <Passage source={source} claim={claim} />
    </div>
  );
}

function Passage({ source, claim }: { source: AnswerSource; claim: string }): ReactNode {
  const { t } = useTranslation('chat');
  const errorText = useErrorText();
  const state = usePassage(source);
  switch (state.phase) {
    case 'loading':
      return <p className="mt-2 text-muted">{t('proof.loading')}</p>;
    case 'gone':
      return <p className="mt-2 text-muted">{t('proof.deleted')}</p>;
    case 'failed':
      return <p className="mt-2 text-danger">{errorText(state.error)}</p>;
    case 'here': {
      const { text } = state.passage;
      const found = pointOut(claim, text);
      return (
        <p
          className="mt-2 min-h-0 overflow-y-auto leading-[1.55] break-words whitespace-pre-wrap select-text"
          tabIndex={0}
          role="group"
          aria-label={t('proof.passage')}
        >
          {found === undefined ? (
            text
          ) : (
            <>
              {text.slice(0, found.start)}
              <mark className="pointed-out" ref={bringIntoView}>
                {text.slice(found.start, found.end)}
              </mark>
              {text.slice(found.end)}
            </>
          )}
        </p>
      );
    }
  }
}

/** Within the passage only: the page must not move. */
function bringIntoView(element: HTMLElement | null): void {
  const scroller = element?.parentElement;
  if (element === null || scroller === null || scroller === undefined) return;
  scroller.scrollTop = element.offsetTop - scroller.offsetTop - scroller.clientHeight / 3;
}
