import type { ConversationsEvent, ThreadEvent } from '../../shared/contract/index.ts';
import { mergeConversationsEvents, mergeThreadEvents } from './merge-events.ts';
import { createWatchQueue, type WatchQueue } from './watch-queue.ts';

/** Who is watching what. Whoever changes something stored says so here, after the change. */
export interface Feeds extends Disposable {
  watchConversations(signal: AbortSignal): AsyncIterable<ConversationsEvent>;
  watchThread(conversationId: string, signal: AbortSignal): AsyncIterable<ThreadEvent>;
  conversations(event: ConversationsEvent): void;
  thread(conversationId: string, event: ThreadEvent): void;
  /** The branch on screen is another one: everyone who follows the thread gets a new snapshot. */
  refreshThread(conversationId: string): void;
  /** The same for everyone who follows anything. */
  refreshAll(): void;
}

export interface Snapshots {
  conversations(): readonly ConversationsEvent[];
  thread(conversationId: string): readonly ThreadEvent[];
}

export function createFeeds(snapshots: Snapshots): Feeds {
  const lists = new Set<WatchQueue<ConversationsEvent>>();
  const threads = new Map<string, Set<WatchQueue<ThreadEvent>>>();

  return {
    watchConversations(signal) {
      const queue = createWatchQueue({
        snapshot: snapshots.conversations,
        merge: mergeConversationsEvents,
        signal,
        onEnd: () => lists.delete(queue),
      });
      if (!signal.aborted) lists.add(queue);
      return queue;
    },
    watchThread(conversationId, signal) {
      const watchers = threads.get(conversationId) ?? new Set();
      const queue = createWatchQueue({
        snapshot: () => snapshots.thread(conversationId),
        merge: mergeThreadEvents,
        signal,
        onEnd() {
          watchers.delete(queue);
          if (watchers.size === 0 && threads.get(conversationId) === watchers) threads.delete(conversationId);
        },
      });
      if (!signal.aborted) threads.set(conversationId, watchers.add(queue));
      return queue;
    },
    conversations: (event) => lists.forEach((queue) => queue.push(event)),
    thread: (conversationId, event) => threads.get(conversationId)?.forEach((queue) => queue.push(event)),
    refreshThread: (conversationId) => threads.get(conversationId)?.forEach((queue) => queue.refresh()),
    refreshAll() {
      for (const queue of lists) queue.refresh();
      for (const watchers of threads.values()) watchers.forEach((queue) => queue.refresh());
    },
    [Symbol.dispose]() {
      for (const queue of [...lists, ...[...threads.values()].flatMap((watchers) => [...watchers])]) queue.end();
    },
  };
}
