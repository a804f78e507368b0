import { createContext, useContext, useState } from 'react';
import { useStore } from 'zustand';

import type { Message, Thought } from '../../shared/contract/index.ts';
import type { Thread } from './thread.ts';
import { useThreadView } from './use-thread.ts';

/** For the parts of a thread that follow it by themselves. */
export const ThreadContext = createContext<Thread | undefined>(undefined);

/**
 * The messages of a thread. The list stays the same while only the words of a running answer grow, which `useGrownText`
 * follows: a word more must not draw the whole thread.
 */
export function useThreadRows(thread: Thread): readonly Message[] {
  const [select] = useState(createRowsSelector);
  return useStore(thread.view, (view) => select(view.messages));
}

/** The text of a message as it is now. */
export function useGrownText(message: Message): string {
  return useGrown(message, ({ text }) => text);
}

/** Whether the message has any text by now. */
export function useHasText(message: Message): boolean {
  return useGrown(message, ({ text }) => text !== '');
}

/** What has been thought so far before the answer. */
export function useGrownThought(message: Message): Thought | null {
  return useGrown(message, ({ thought }) => thought);
}

function useGrown<T>(message: Message, select: (message: Message) => T): T {
  const thread = useContext(ThreadContext);
  return useThreadView(message.state === 'running' ? thread : undefined, (view) =>
    select(view.messages.findLast((known) => known.id === message.id) ?? message),
  );
}

export function createRowsSelector(): (messages: readonly Message[]) => readonly Message[] {
  let before: readonly Message[] = [];
  return (messages) => {
    const same =
      before.length === messages.length &&
      messages.every((message, index) => message === before[index] || isGrown(before[index], message));
    if (!same) before = messages;
    return before;
  };
}

function isGrown(before: Message | undefined, after: Message): boolean {
  if (before === undefined || before.state !== 'running' || after.state !== 'running') return false;
  return (
    before.id === after.id &&
    before.model === after.model &&
    before.error === after.error &&
    before.version === after.version &&
    before.sources === after.sources &&
    after.text.startsWith(before.text)
  );
}
