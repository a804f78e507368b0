import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';

import type { DocumentTask, Message, ModelInfo } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { Announcer } from './Announcer.tsx';
import { preloadMarkdown } from './AnswerText.tsx';
import './chat.css';
import { CompareDialog } from './CompareDialog.tsx';
import { createComposer, type Beginning, type SentMessage } from './composer-state.ts';
import { Composer, type Attachments } from './Composer.tsx';
import { createDrafts, trySessionStorage } from './drafts.ts';
import { EmptyThread } from './EmptyThread.tsx';
import { insertText } from './insert-text.ts';
import { isComposing } from './is-composing.ts';
import { appendQuote } from './quote.ts';
import { createRequestId } from './request-id.ts';
import { ThreadBody } from './ThreadBody.tsx';
import type { ThreadLogHandle } from './ThreadLog.tsx';
import type { ModelWindow } from './TooLong.tsx';
import { runningMessage } from './thread-state.ts';
import { useMessageActions } from './use-message-actions.ts';
import { useThread, useThreadView } from './use-thread.ts';

export interface ChatViewHandle {
  /** Puts the caret into the message field, and selects what is in it if asked. */
  focusComposer(options?: { readonly select?: boolean }): void;
  /** Puts a quotation behind what is written in the message field, and the caret after it. */
  quote(text: string): void;
  /** Puts a text where the caret stands in the message field, in the place of what is selected. */
  insert(text: string): void;
  /** Sends a text as one's message; while an answer is written it waits in the field. */
  ask(text: string): void;
  /** Opens the field to find words in this thread with. Does nothing while there is no thread. */
  openFind(): void;
  /** Asks for something that is done with whole documents. */
  perform(chosen: ChosenTask): void;
}

/** A task on documents, and the words that stand for it. */
interface ChosenTask {
  readonly task: DocumentTask;
  readonly documentIds: readonly string[];
  readonly text: string;
}

export interface ChatViewProps {
  /** Null is a conversation that begins with the first message. */
  readonly conversationId: string | null;
  readonly onConversationStarted: (conversationId: string) => void;
  /** For answering again with another one. */
  readonly models?: readonly ModelInfo[] | undefined;
  /** A message that a search found; it is brought into view. */
  readonly foundMessageId?: string | null;
  /** What a new conversation begins with, asked when its first message is sent. */
  readonly beginning?: () => Beginning;
  /** Where a new conversation is begun, under its first words. */
  readonly beginningControls?: ReactNode;
  readonly attachments?: Attachments;
  /** Who answers the next message. */
  readonly answering?: ModelWindow | undefined;
  readonly ref?: Ref<ChatViewHandle>;
}

/** Between the answer to `send` and the event that shows the reply. */
const awaitMs = 5_000;
const noModels: readonly ModelInfo[] = [];

/** A conversation and the field to write in it. */
export function ChatView(props: ChatViewProps): ReactNode {
  const { onConversationStarted, models = noModels, foundMessageId = null, ref } = props;
  const [begunId, setBegunId] = useState<string | null>(null);
  // The new conversation's id is known here a moment before it comes back as the place that is shown.
  if (begunId !== null && props.conversationId !== null) setBegunId(null);
  const conversationId = props.conversationId ?? begunId;
  const client = useClient();
  const attempt = useAttempt();
  const thread = useThread(client, conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const log = useRef<ThreadLogHandle>(null);
  const [composer] = useState(() => createComposer(client.chat, createDrafts(trySessionStorage()), conversationId));
  const [compared, setCompared] = useState<Message | null>(null);
  const [awaited, setAwaited] = useState<SentMessage | null>(null);
  const writing = useThreadView(thread, (view) => runningMessage(view) !== undefined);
  const asking = useThreadView(thread, (view) => view.asking !== null);
  const stopWanted = useRef(false);
  const sendNow = useRef(() => {});
  const known = useThreadView(thread, (view) => view.messages.some((message) => message.id === awaited?.replyId));
  // From the moment the core has taken a message until the thread shows its answer, nothing else can be sent.
  const running = writing || asking || (awaited !== null && awaited.conversationId === conversationId && !known);

  useEffect(() => {
    if (awaited === null) return undefined;
    // Once it was seen it is the thread's: a new version may take its place there. And a core that has taken a message
    // but never shows it must not keep the field closed.
    const giveUp = (): void => {
      setAwaited(null);
      thread?.unask();
    };
    const timer = setTimeout(giveUp, known ? 0 : awaitMs);
    return () => clearTimeout(timer);
  }, [awaited, known, thread]);
  useEffect(preloadMarkdown, []);
  useEffect(() => {
    composer.open(conversationId);
    field.current?.focus();
  }, [composer, conversationId]);

  const send = async (): Promise<void> => {
    stopWanted.current = false;
    const onLeft = (text: string): void => {
      thread?.ask(text);
      log.current?.goToEnd();
    };
    const documentIds = props.attachments?.documentIds ?? [];
    const enclosed = documentIds.length === 0 ? {} : { documentIds: [...documentIds] };
    const sent = await composer.send(null, onLeft, props.beginning?.(), enclosed);
    if (sent === undefined) {
      thread?.unask();
      return;
    }
    props.attachments?.onSent();
    taken(sent);
  };
  const taken = (sent: SentMessage): void => {
    setAwaited(sent);
    if (conversationId === null) {
      thread?.begin(sent.conversationId);
      setBegunId(sent.conversationId);
      onConversationStarted(sent.conversationId);
    }
    if (stopWanted.current) attempt(() => client.chat.stop({ conversationId: sent.conversationId }));
  };
  /** What stands in the field stays there. */
  const perform = ({ task, documentIds, text }: ChosenTask): void => {
    stopWanted.current = false;
    if (!running) thread?.ask(text);
    log.current?.goToEnd();
    attempt(async () => {
      try {
        const begun = conversationId === null ? props.beginning?.() : undefined;
        const request = { requestId: createRequestId(), conversationId, text, modelId: null, ...begun };
        const sent = await client.chat.send({ ...request, documentIds: [...documentIds], task });
        props.attachments?.onSent(documentIds);
        taken(sent);
      } catch (error) {
        if (!running) thread?.unask();
        throw error;
      }
    });
  };
  const performNow = useRef(perform);
  useEffect(() => {
    performNow.current = perform;
    sendNow.current = () => {
      if (!running) void send();
    };
  });
  const stop = (): void => {
    // The core has not said yet that it has the question: it is stopped when it does.
    if (composer.state.getState().sending) stopWanted.current = true;
    else if (conversationId !== null) attempt(() => client.chat.stop({ conversationId }));
  };
  const write = useCallback(
    (text: string) => {
      composer.write(text);
      field.current?.focus();
    },
    [composer],
  );
  useImperativeHandle(
    ref,
    () => ({
      focusComposer({ select = false } = {}) {
        field.current?.focus();
        if (select) field.current?.select();
      },
      insert: (text) => insertText(composer, field.current, text),
      quote: (text) => write(appendQuote(composer.state.getState().draft.text, text)),
      ask(text) {
        write(text);
        sendNow.current();
      },
      openFind: () => log.current?.openFind(),
      perform: (chosen) => performNow.current(chosen),
    }),
    [composer, write],
  );
  const actions = useMessageActions({
    client,
    models,
    onCompare: setCompared,
    onQuote: (text) => write(appendQuote(composer.state.getState().draft.text, text)),
    onAsked: () => log.current?.goToEnd(),
  });
  const messages = (): readonly Message[] => thread?.view.getState().messages ?? [];
  const ownMessages = (): readonly string[] =>
    messages()
      .filter((message) => message.role === 'user')
      .map((message) => message.text)
      .toReversed();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event)) return;
    if (event.key === 'Escape' && running) {
      event.preventDefault();
      stop();
    } else if (isLetter(event) && event.target instanceof Element && event.target.role === 'log') {
      // Whoever reads the thread and begins to write means the field; the key goes there with the focus.
      field.current?.focus();
    }
  };

  return (
    <div className="relative flex h-full min-h-0 flex-col" onKeyDown={onKeyDown}>
      {conversationId === null && !asking ? (
        <EmptyThread controls={props.beginningControls} onExample={write} />
      ) : (
        <ThreadBody
          key={thread?.key}
          thread={thread}
          log={log}
          models={models}
          actions={actions}
          busy={running}
          foundMessageId={foundMessageId}
        />
      )}
      {compared === null ? null : (
        <CompareDialog
          message={compared}
          question={messages().find(({ id }) => id === compared.parentId)?.text ?? ''}
          onContinue={(index) => {
            setCompared(null);
            if (index !== compared.version.index) actions.selectVersion(compared, index);
          }}
          onClose={() => setCompared(null)}
        />
      )}
      {/* Siblings share one space of keys: with the key of the thread above, React would leave the old thread in the page. */}
      {thread ? <Announcer key={`announcer of ${thread.key}`} thread={thread} /> : null}
      <Composer
        composer={composer}
        field={field}
        running={running}
        ownMessages={ownMessages}
        onSend={() => void send()}
        onStop={stop}
        attachments={props.attachments}
        answering={props.answering}
      />
    </div>
  );
}

function isLetter(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ' && !event.metaKey && !event.ctrlKey && !event.altKey;
}
