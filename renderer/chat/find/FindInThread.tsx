import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useStore } from 'zustand';

import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { useAttempt } from '../../ui/use-attempt.ts';
import type { Thread } from '../thread.ts';
import { useThreadView } from '../use-thread.ts';
import { createFindStore, type FindStore, type FoundPlace } from './find-store.ts';
import { FindBar } from './FindBar.tsx';
import { markPlaces, unmarkPlaces } from './mark-places.ts';
import { reachMessage } from './reach-message.ts';

export interface FindInThreadProps {
  readonly thread: Thread;
  readonly conversationId: string;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly log: RefObject<HTMLElement | null>;
  readonly asked: number;
  /** The view must stay where it is put, also while an answer grows at the end. */
  readonly onLeaveEnd: () => void;
  /** The message with the place that is shown; null for none. */
  readonly onShow: (messageId: string | null) => void;
  readonly onClose: () => void;
}

/** Finds words on the whole branch, marks those in the page and goes from one to the next. */
export function FindInThread(props: FindInThreadProps): ReactNode {
  const { thread, conversationId, list, log, asked, onClose } = props;
  const client = useClient();
  const [store, setStore] = useState<FindStore>();
  useEffect(() => {
    const created = createFindStore(client.search, conversationId, (places) =>
      firstInSight(places, thread, list.current),
    );
    setStore(created);
    return () => created[Symbol.dispose]();
  }, [client, conversationId, thread, list]);

  if (store === undefined) return null;
  return (
    <>
      <Places {...props} store={store} log={log} />
      <FindBar store={store} asked={asked} onClose={onClose} />
    </>
  );
}

/** Where the reader is, rather than at the beginning of the thread. */
function firstInSight(places: readonly FoundPlace[], thread: Thread, list: VirtualizerHandle | null): number {
  const top = list === null ? 0 : list.findItemIndex(list.scrollOffset);
  const shown = new Set(
    thread.view
      .getState()
      .messages.slice(Math.max(0, top))
      .map(({ id }) => id),
  );
  const at = places.findIndex(({ messageId }) => shown.has(messageId));
  return at >= 0 ? at : places.length - 1;
}

interface PlacesProps extends FindInThreadProps {
  readonly store: FindStore;
}

function Places({ store, thread, list, log, onLeaveEnd, onShow }: PlacesProps): ReactNode {
  const client = useClient();
  const attempt = useAttempt();
  const query = useStore(store, (state) => state.answeredQuery);
  const current = useStore(store, (state) => state.places[state.current]);
  const length = useThreadView(thread, (view) => view.messages.length);
  const writing = useThreadView(thread, (view) => view.messages.at(-1)?.state === 'running');
  const newest = useThreadView(thread, (view) => view.messages.at(-1)?.id);

  useEffect(() => {
    // Older messages that were loaded are counted already.
    if (store.getState().query !== '') store.getState().refresh();
  }, [store, newest, writing]);

  // What comes into the page, and what an answer writes, is marked as well.
  useEffect(() => {
    const element = log.current;
    if (element === null) return undefined;
    let frame = 0;
    const mark = (): void => {
      frame = 0;
      markPlaces(element, query, current);
    };
    const soon = (): void => {
      frame ||= requestAnimationFrame(mark);
    };
    mark();
    const observer = new MutationObserver(soon);
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [log, query, current, length]);
  useEffect(() => unmarkPlaces, []);

  useEffect(() => {
    onShow(current?.messageId ?? null);
    if (current === undefined) return undefined;
    const controller = new AbortController();
    attempt(() => show(current, controller.signal));
    return () => controller.abort();

    async function show(place: FoundPlace, signal: AbortSignal): Promise<void> {
      const index = await reachMessage(thread, client.search, place.messageId, signal);
      if (index === undefined || log.current === null) return;
      onLeaveEnd();
      await bringIntoView(log.current, list.current, index, () =>
        log.current === null || signal.aborted ? undefined : markPlaces(log.current, query, place),
      );
    }
    // Words that change are looked for anew, and that ends in another place.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  return null;
}

const settleFrames = 40;
const marginPx = 72;

/** The message first, then the words in it; a few times, because heights are known only once a message is drawn. */
async function bringIntoView(
  log: HTMLElement,
  list: VirtualizerHandle | null,
  index: number,
  find: () => Range | undefined,
): Promise<void> {
  if (find() === undefined) list?.scrollToIndex(index, { align: 'center' });
  for (let frame = 0; frame < settleFrames; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const words = find()?.getBoundingClientRect();
    if (words === undefined) continue;
    const view = log.getBoundingClientRect();
    if (words.top >= view.top + marginPx && words.bottom <= view.bottom - marginPx) {
      if (frame > 2) return;
      continue;
    }
    log.scrollTop += words.top - (view.top + view.height / 2);
  }
}
