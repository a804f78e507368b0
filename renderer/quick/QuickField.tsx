import { ArrowUp, Square } from 'lucide-react';
import { useLayoutEffect, type KeyboardEvent, type ReactNode, type RefObject } from 'react';

import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface QuickFieldProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly running: boolean;
  readonly onChange: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

const mostLinesPx = 168;

const roundButton = 'inline-flex size-7 shrink-0 items-center justify-center rounded-full [&>svg]:size-4';

export function QuickField(props: QuickFieldProps): ReactNode {
  const { fieldRef, text, running } = props;
  const { t } = useTranslation('quick');

  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${Math.min(mostLinesPx, field.scrollHeight)}px`;
  }, [fieldRef, text]);

  return (
    <div className="drag flex shrink-0 items-end gap-3 px-4 py-4">
      <textarea
        ref={fieldRef}
        autoFocus
        rows={1}
        aria-label={t('message')}
        placeholder={t('placeholder')}
        value={text}
        maxLength={messageLimitChars}
        className="no-drag min-h-7 flex-1 resize-none bg-transparent text-xl outline-none placeholder:text-muted"
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={props.onKeyDown}
      />
      {running ? (
        <button
          type="button"
          aria-label={t('stop')}
          className={`no-drag ${roundButton} bg-fill-strong text-ink hover:bg-fill`}
          onClick={props.onStop}
        >
          <Square aria-hidden fill="currentColor" className="size-3!" />
        </button>
      ) : (
        <button
          type="button"
          aria-label={t('send')}
          disabled={text.trim() === ''}
          className={`no-drag ${roundButton} bg-accent text-on-accent disabled:bg-fill disabled:text-muted`}
          onClick={props.onSend}
        >
          <ArrowUp aria-hidden />
        </button>
      )}
    </div>
  );
}
