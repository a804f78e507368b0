import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';

import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { useConnectionState } from '../rpc/ConnectionProvider.tsx';
import { classNames } from '../ui/class-names.ts';
import { messageText, type Composer as ComposerModel } from './composer-state.ts';
import { isComposing } from './is-composing.ts';
import { SendError } from './SendError.tsx';
import { TooLong, type ModelWindow } from './TooLong.tsx';
import { useLongPaste } from './use-long-paste.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface ComposerProps {
  readonly composer: ComposerModel;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** An answer is being written: the button stops it. */
  readonly running: boolean;
  /** One's own messages, newest first, for the Up key. */
  readonly ownMessages: () => readonly string[];
  readonly onSend: () => void;
  readonly onStop: () => void;
  readonly attachments: Attachments | undefined;
  /** Who answers the next message. */
  readonly answering: ModelWindow | undefined;
}

/** Files that go with the next message; another feature looks after them. */
export interface Attachments {
  /** Above the field. */
  readonly list: ReactNode;
  /** Beside the field. */
  readonly button: ReactNode;
  /** What can be done with them, shown while nothing is written. */
  readonly whileEmpty?: ReactNode;
  /** Null while one of them is being read. */
  readonly documentIds: readonly string[] | null;
  readonly onFiles: (files: readonly File[]) => void;
  /** A long text becomes a file. What comes back puts it away again and answers with the text, while it is there. */
  readonly onLongPaste?: (text: string) => () => string | undefined;
  /** They went with a message. */
  readonly onSent: (documentIds?: readonly string[]) => void;
}

const round =
  'inline-flex size-7 shrink-0 items-center justify-center rounded-full transition-opacity duration-100 select-none';

/** The message field with its one button. */
export function Composer({
  composer,
  field,
  running,
  ownMessages,
  onSend,
  onStop,
  attachments,
  answering,
}: ComposerProps): ReactNode {
  const { t } = useTranslation('chat');
  const { draft, sending, error } = useStore(composer.state);
  const connection = useConnectionState();
  const online = connection === 'online';
  const { text } = draft;
  const empty = messageText(text) === '';
  const reading = attachments?.documentIds === null;
  const blocked = empty || sending || !online || reading || text.length > messageLimitChars;
  useHeightOfText(field, text);
  const onKeyDown = useComposerKeys({ composer, running, blocked, ownMessages, onSend });
  const paste = useLongPaste(composer, attachments);

  const offline =
    !online && !empty ? t(connection === 'offline' ? 'composer.offline' : 'composer.connecting') : undefined;
  const note = offline ?? (reading && !empty ? t('composer.reading') : undefined);
  return (
    <div className="mx-auto w-full max-w-[760px] px-6 pt-2 pb-3">
      {error === null ? null : <SendError error={error} canRetry={!blocked && !running} onRetry={onSend} />}
      <div className="rounded-lg border border-hairline bg-raised shadow-sm transition-colors focus-within:border-accent/70">
        <TooLong text={text} answering={answering} />
        {attachments?.list}
        {empty && !running && attachments?.whileEmpty ? (
          <div className="px-2.5 pt-2">{attachments.whileEmpty}</div>
        ) : null}
        <div className={classNames('flex items-end gap-2 p-1.5', attachments === undefined && 'pl-3.5')}>
          {attachments?.button}
          <textarea
            ref={field}
            rows={1}
            aria-label={t('composer.label')}
            aria-describedby="composer-note"
            placeholder={t('composer.placeholder')}
            value={text}
            readOnly={sending}
            onChange={(event) => {
              paste.forget();
              composer.write(event.target.value);
            }}
            onKeyDown={(event) => {
              if (!paste.tryUndo(event)) onKeyDown(event);
            }}
            onPaste={paste.onPaste}
            className="field-sizing-content max-h-[40dvh] min-h-7 min-w-0 flex-1 resize-none bg-transparent py-1 text-[14px] leading-5 outline-none placeholder:text-muted"
          />
          {running ? (
            <button
              type="button"
              aria-label={t('composer.stop')}
              onClick={onStop}
              className={classNames(round, 'bg-fill-strong text-ink hover:opacity-80')}
            >
              <Square aria-hidden className="size-3 fill-current" />
            </button>
          ) : (
            <button
              type="button"
              aria-label={t('composer.send')}
              disabled={blocked}
              onClick={onSend}
              className={classNames(
                round,
                'bg-accent text-on-accent enabled:hover:opacity-90 disabled:bg-fill-strong disabled:text-muted',
              )}
            >
              <ArrowUp aria-hidden className="size-4" strokeWidth={2.5} />
            </button>
          )}
        </div>
      </div>
      <p id="composer-note" role="status" className="h-4 truncate px-3.5 pt-0.5 text-xs text-muted">
        {note ?? (running && !empty ? t('composer.running') : <SlowSending sending={sending} />)}
      </p>
    </div>
  );
}

/** For screen readers; where the answer will be, the thread says the same to the eye. */
function SlowSending({ sending }: { sending: boolean }): ReactNode {
  const { t } = useTranslation('chat');
  return sending ? <span className="sr-only">{t('composer.sending')}</span> : null;
}

interface KeysOptions {
  readonly composer: ComposerModel;
  readonly running: boolean;
  readonly blocked: boolean;
  readonly ownMessages: () => readonly string[];
  readonly onSend: () => void;
}

/** Enter sends, Shift-Enter breaks the line, Up in an empty field goes back through one's own messages. */
function useComposerKeys({ composer, running, blocked, ownMessages, onSend }: KeysOptions) {
  const recalled = useRef<{ index: number; text: string } | null>(null);
  return (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event)) return;
    const field = event.currentTarget;
    const plain = !event.shiftKey && !event.metaKey && !event.ctrlKey && !event.altKey;
    if (event.key === 'Enter' && plain) {
      event.preventDefault();
      if (!blocked && !running) onSend();
      return;
    }
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0 || !plain || field.readOnly) return;
    // Words that were changed after they were recalled are one's own again, and the arrows move inside them.
    const at = recalled.current !== null && recalled.current.text === field.value ? recalled.current.index : -1;
    if (at < 0 && field.value !== '') return;
    if (at < 0 && step < 0) return;
    const index = at + step;
    const text = index < 0 ? '' : ownMessages()[index];
    if (text === undefined) return;
    event.preventDefault();
    recalled.current = index < 0 ? null : { index, text };
    composer.write(text);
  };
}

/** For browsers that cannot size a field by its content. */
function useHeightOfText(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  const supported = useRef(CSS.supports('field-sizing', 'content'));
  useLayoutEffect(() => {
    const element = field.current;
    if (supported.current || element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
  useEffect(() => {
    const element = field.current;
    // The caret of a recalled or quoted text belongs at its end.
    if (
      element !== null &&
      element === document.activeElement &&
      element.selectionStart === 0 &&
      element.selectionEnd === 0
    ) {
      element.setSelectionRange(element.value.length, element.value.length);
    }
  }, [field, text]);
}
