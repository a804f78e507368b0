import type { ReactNode } from 'react';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { AnswerNotice } from './AnswerNotice.tsx';
import { AnswerProgress } from './AnswerProgress.tsx';
import { AnswerText } from './AnswerText.tsx';
import { MessageFooter, OmittedNote } from './MessageFooter.tsx';
import type { MessageBodyProps } from './message-body.ts';
import { MessageToolbar } from './MessageToolbar.tsx';

/** An answer: typography, and under it one line that first says what is going on and later holds the actions. */
export function Answer(props: MessageBodyProps & { progress: TurnProgress | null }): ReactNode {
  const { message, progress, busy, models, actions, isLast, words } = props;
  const running = message.state === 'running';
  return (
    <>
      <OmittedNote stats={message.stats} />
      {message.text === '' ? null : <AnswerText text={message.text} running={running} />}
      <AnswerNotice message={message} isLast={isLast} busy={busy} actions={actions} />
      {running ? (
        <div className="mt-1">
          <AnswerProgress progress={progress} hasText={message.text !== ''} />
        </div>
      ) : (
        <div className="mt-1 flex items-center gap-3">
          <MessageToolbar
            message={message}
            busy={busy}
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

function noEdit(): void {}
