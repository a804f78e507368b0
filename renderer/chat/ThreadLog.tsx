import { ArrowDown } from 'lucide-react';
import {
  Fragment,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

import type { Message, ModelInfo } from '../../shared/contract/index.ts';
import { useWhenIdle } from '../ui/use-when-idle.ts';
import { BusyContext } from './busy.ts';
import { EarlierNote } from './EarlierNote.tsx';
import { FindInThread } from './find/FindInThread.tsx';
import { FoldingNote } from './FoldingNote.tsx';
import type { MessageActions } from './message-actions.ts';
import { MessageRow } from './MessageRow.tsx';
import { SummaryLine } from './SummaryLine.tsx';
import type { Thread } from './thread.ts';
import { ThreadContext, useThreadRows } from './thread-rows.ts';
import { shownMessages } from './thread-state.ts';
import { useFoundMessage } from './use-found-message.ts';
import { useShownMessage } from './use-shown-message.ts';
import { useStickToEnd } from './use-stick-to-end.ts';
import { useThreadContext } from './use-thread-context.ts';
import { useThreadView } from './use-thread.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface ThreadLogHandle {
  goToEnd(): void;
  /** Opens the field to find words in this thread with, or goes back to it. */
  openFind(): void;
}

export interface ThreadLogProps {
  readonly thread: Thread;
  readonly models: readonly ModelInfo[];
  readonly actions: MessageActions;
  readonly busy: boolean;
  /** A message to show, found by a search. */
  readonly foundMessageId: string | null;
  readonly ref?: Ref<ThreadLogHandle>;
}

/** Older messages are asked for before the reader reaches the first one. */
const earlierWithinPx = 1_200;
/** Long enough for the heights of new rows to be known. */
const layoutMs = 300;

/**
 * Up to so many messages all stay in the page: the browser's own search and a screen reader's list of articles know
 * only what is there.
 */
const wholeThreadMessages = 60;

/** The messages: of a long thread only those in sight are in the page, however many there are. */
export function ThreadLog({ thread, models, actions, busy, foundMessageId, ref }: ThreadLogProps): ReactNode {
  const { t } = useTranslation('chat');
  const stored = useThreadRows(thread);
  const asking = useThreadView(thread, (view) => view.asking);
  const places = useThreadView(thread, (view) => view.places);
  const messages = useMemo(() => shownMessages({ messages: stored, asking }), [stored, asking]);
  const prepended = useThreadView(thread, (view) => view.prepended);
  const progress = useThreadView(thread, (view) => view.progress);
  // Buttons of all messages change with it: never in front of the words.
  const buttonsBusy = useWhenIdle(busy, false);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const { away, isAway, settle, letGo, goToEnd } = useStickToEnd(scroller);
  const [editing, setEditing] = useState<{ messageId: string; text: string } | null>(null);
  const found = useFoundMessage(thread, list, foundMessageId, letGo);
  const shown = useShownMessage(thread, list, letGo);
  const marked = shown.marked ?? found;
  const { summaries, folding } = useThreadContext(thread.conversationId);
  const summaryAfter = useMemo(
    () => new Map(summaries.map((summary) => [summary.lastMessageId, summary])),
    [summaries],
  );
  /** How often it was asked for; 0 while it is closed. */
  const [findAsked, setFindAsked] = useState(0);
  const [foundId, setFoundId] = useState<string | null>(null);
  const closeFind = useCallback(() => {
    setFindAsked(0);
    setFoundId(null);
    scroller.current?.focus({ preventScroll: true });
  }, []);
  useImperativeHandle(ref, () => ({ goToEnd, openFind: () => setFindAsked((times) => times + 1) }), [goToEnd]);
  const rowActions = useMemo(
    (): MessageActions => ({
      ...actions,
      selectVersion(message, index) {
        // What follows a question changes with it; the question, with the pointer on its buttons, must not run away.
        if (message.role === 'user') letGo();
        actions.selectVersion(message, index);
      },
    }),
    [actions, letGo],
  );

  const onEditing = useCallback(
    (messageId: string, text: string | null) => setEditing(text === null ? null : { messageId, text }),
    [],
  );
  const loadWhenNear = useCallback(() => {
    const top = scroller.current?.scrollTop ?? Infinity;
    if (top < earlierWithinPx && thread.view.getState().earlier !== 'failed') void thread.loadEarlier();
  }, [thread]);
  // At the end, a small distance from the top only means that heights are not measured yet.
  const onScroll = useCallback(() => {
    if (isAway()) loadWhenNear();
  }, [isAway, loadWhenNear]);

  // Messages that do not fill the window would leave nothing to scroll.
  useEffect(() => {
    const timer = setTimeout(loadWhenNear, layoutMs);
    return () => clearTimeout(timer);
  }, [messages.length, loadWhenNear]);

  const editedAt = editing === null ? -1 : messages.findLastIndex((message) => message.id === editing.messageId);
  const keptMounted = useMemo((): readonly number[] => {
    if (messages.length <= wholeThreadMessages) return messages.map((_, index) => index);
    return editedAt < 0 ? [] : [editedAt];
  }, [messages, editedAt]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <EarlierNote thread={thread} />
      {findAsked > 0 && thread.conversationId !== null ? (
        <FindInThread
          thread={thread}
          conversationId={thread.conversationId}
          list={list}
          log={scroller}
          asked={findAsked}
          onLeaveEnd={letGo}
          onShow={setFoundId}
          onClose={closeFind}
        />
      ) : null}
      <div
        ref={scroller}
        role="log"
        aria-label={t('thread')}
        // The announcer speaks for it.
        aria-live="off"
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [scrollbar-gutter:stable_both-edges] focus-visible:outline-offset-[-2px]"
      >
        <ThreadContext value={thread}>
          <BusyContext value={buttonsBusy}>
            <Virtualizer
              ref={list}
              data={messages}
              shift={prepended}
              bufferSize={600}
              keepMounted={keptMounted}
              onScroll={onScroll}
              onResize={settle}
            >
              {(message: Message, index: number) => {
                const summary = summaryAfter.get(message.id);
                return (
                  <Fragment key={places.get(message.id) ?? message.id}>
                    <MessageRow
                      pending={message === asking?.question || message === asking?.reply}
                      message={message}
                      isFirst={index === 0}
                      isLast={index === messages.length - 1}
                      marked={message.id === marked}
                      found={message.id === marked || message.id === foundId}
                      models={models}
                      actions={rowActions}
                      editing={editing?.messageId === message.id ? editing.text : null}
                      onEditing={onEditing}
                      progress={progress?.messageId === message.id ? progress.progress : null}
                    />
                    {summary ? <SummaryLine summary={summary} onShow={shown.show} /> : null}
                  </Fragment>
                );
              }}
            </Virtualizer>
          </BusyContext>
        </ThreadContext>
      </div>
      <FoldingNote conversationId={thread.conversationId} folding={folding} />
      {away ? (
        <button
          type="button"
          onClick={goToEnd}
          className="popover-surface absolute bottom-2 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full px-3 text-sm font-medium"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {t('jump')}
        </button>
      ) : null}
    </div>
  );
}
