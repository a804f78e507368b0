import { memo, type ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { PrintedHead, PrintPart } from './printed.ts';

interface PrintedPartProps {
  readonly part: PrintPart;
  /** Lays out the words of an answer, with its sources. */
  readonly renderAnswer: (message: Message) => ReactNode;
}

/** Some messages on paper, with the title where a conversation begins. */
export const PrintedPart = memo(function PrintedPart({ part, renderAnswer }: PrintedPartProps): ReactNode {
  return (
    <section className="printed-part">
      {part.head ? <Head head={part.head} /> : null}
      {part.messages.map((message) => (
        <PrintedMessage key={message.id} message={message} renderAnswer={renderAnswer} />
      ))}
    </section>
  );
});

function Head({ head }: { head: PrintedHead }): ReactNode {
  const { t } = useTranslation('print');
  const format = useFormat();
  const messages = t('messages', { count: head.messages, shown: format.number(head.messages) });
  return (
    <header className="printed-head">
      <h1>{head.title === '' ? t('untitled') : head.title}</h1>
      <p>{t('summary', { from: format.dateTime(head.fromMs), to: format.dateTime(head.untilMs), messages })}</p>
      {head.models.length > 0 ? <p>{t('models', { names: head.models.join(', ') })}</p> : null}
    </header>
  );
}

function PrintedMessage({
  message,
  renderAnswer,
}: {
  message: Message;
  renderAnswer: PrintedPartProps['renderAnswer'];
}) {
  const { t } = useTranslation('print');
  const format = useFormat();
  const { role, text, thought, model, documents, state, createdAt } = message;
  const asked = role === 'user';
  return (
    <article className={asked ? 'printed-message printed-question' : 'printed-message'}>
      <h2>
        <span>{asked ? t('you') : (model?.name ?? t('assistant'))}</span>
        <time dateTime={new Date(createdAt).toISOString()}>{format.dateTime(createdAt)}</time>
      </h2>
      {documents === undefined ? null : (
        <p className="printed-note">{t('files', { names: documents.map(({ name }) => name).join(', ') })}</p>
      )}
      {thought === null || thought.text === '' ? null : (
        <div className="printed-thought">
          <p className="printed-note">{t('thoughts')}</p>
          <p className="printed-plain">{thought.text}</p>
        </div>
      )}
      {asked ? <p className="printed-plain">{text}</p> : renderAnswer(message)}
      {asked || state === 'done' ? null : <p className="printed-note">{t(`state.${state}`)}</p>}
    </article>
  );
}
