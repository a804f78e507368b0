import type { ReactNode } from 'react';

import type { Message, TurnProgress } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { AnswerNotice } from './AnswerNotice.tsx';
import { AnswerProgress } from './AnswerProgress.tsx';
import { AnswerText } from './AnswerText.tsx';
import { MessageFooter, OmittedNote } from './MessageFooter.tsx';
import type { MessageBodyProps } from './message-body.ts';
import { MessageToolbar } from './MessageToolbar.tsx';
import { SourceList } from './proof/SourceList.tsx';
import { useGrownText, useGrownThought, useHasText } from './thread-rows.ts';
import { ThoughtPart } from './ThoughtPart.tsx';

/** An answer: typography, and under it one line that first says what is going on and later holds the actions. */
export function Answer(props: MessageBodyProps & { progress: TurnProgress | null }): ReactNode {
  const { message, pending, progress, models, actions, isLast, words } = props;
  const running = message.state === 'running';
  return (
    <>
      <OmittedNote stats={message.stats} />
      <Thoughts message={message} />
      <Words message={message} />
      <SourceList message={message} />
      <AnswerNotice message={message} isLast={isLast} actions={actions} />
      {running ? (
        <div className="mt-1">
          <Progress message={message} pending={pending} progress={progress} />
        </div>
      ) : (
        <div className="mt-1 flex items-center gap-3">
          <MessageToolbar
            message={message}
            models={models}
            actions={actions}
            pinned={isLast}
            onEdit={noEdit}
            words={words}
          />
          <div
            className={classNames(
              'flex min-w-0 transition-opacity duration-100',
              !isLast && 'opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100',
            )}
          >
            <MessageFooter message={message} />
          </div>
        </div>
      )}
    </>
  );
}

function Thoughts({ message }: { message: Message }): ReactNode {
  const thought = useGrownThought(message);
  const hasText = useHasText(message);
  return thought === null ? null : <ThoughtPart thought={thought} thinking={message.state === 'running' && !hasText} />;
}

function Words({ message }: { message: Message }): ReactNode {
  const text = useGrownText(message);
  if (text === '') return null;
  return <AnswerText text={text} running={message.state === 'running'} sources={message.sources} />;
}

interface ProgressProps {
  readonly message: Message;
  readonly pending: boolean;
  readonly progress: TurnProgress | null;
}

function Progress({ message, pending, progress }: ProgressProps): ReactNode {
  return <AnswerProgress pending={pending} progress={progress} hasText={useHasText(message)} />;
}

function noEdit(): void {}
