import { memo, useCallback, useRef, type ReactNode } from 'react';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { Answer } from './Answer.tsx';
import type { MessageBodyProps } from './message-body.ts';
import { Question } from './Question.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export interface MessageRowProps extends Omit<MessageBodyProps, 'onEditing' | 'words'> {
  readonly progress: TurnProgress | null;
  readonly isFirst: boolean;
  /** Found by a search; shown for a moment. */
  readonly marked: boolean;
  readonly onEditing: (messageId: string, text: string | null) => void;
}

/** One message of the thread. Renders again only when something of its own changes. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps): ReactNode {
  const { message, isFirst, isLast, marked, progress, onEditing, ...rest } = props;
  const { t } = useTranslation('chat');
  const article = useRef<HTMLElement>(null);
  const words = useCallback(() => selectedWords(article.current) ?? message.text, [message.text]);
  const onOwnEditing = useCallback((text: string | null) => onEditing(message.id, text), [onEditing, message.id]);
  const own = message.role === 'user';
  const body = { ...rest, message, isLast, words, onEditing: onOwnEditing };
  return (
    // While the list scrolls by itself, the virtualiser takes the pointer away from it: answers could not be selected
    // or stopped over while they are written.
    <div
      className={classNames(
        'pointer-events-auto mx-auto max-w-[760px] px-6',
        isFirst && 'pt-6',
        isLast ? 'pb-4' : own ? 'pb-1' : 'pb-3',
      )}
    >
      <article
        ref={article}
        data-message={message.id}
        aria-label={t(own ? 'you' : 'assistant')}
        className={classNames('group/message', marked && 'found')}
      >
        {/* Screen readers go from heading to heading. */}
        <h2 className="sr-only">{t(own ? 'you' : 'assistant')}</h2>
        {own ? <Question {...body} /> : <Answer {...body} progress={progress} />}
      </article>
    </div>
  );
});

/** What is selected inside the element; undefined when that is nothing. */
function selectedWords(element: HTMLElement | null): string | undefined {
  const selection = globalThis.getSelection();
  if (element === null || selection === null || selection.isCollapsed || !element.contains(selection.anchorNode)) {
    return undefined;
  }
  const words = selection.toString().trim();
  return words === '' ? undefined : words;
}
